using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Tests.Reminders;

/// <summary>The shipped plan and texts, a clinic in New York, and visits in few words.</summary>
internal static class SmallClinic
{
    /// <summary>The indications that the shipped plan calls pain.</summary>
    public static readonly string[] Pain = ["CRPS", "fibro", "neuropathic", "migraine", "otherPain"];

    public static readonly RevealingWords Revealing = RevealingWords.Read(DocumentReader.Root(RevealingWords.FileName, Document(RevealingWords.FileName), new FaultList()));

    public static readonly DateTimeZone NewYork = Zone("America/New_York");
    public static readonly ReminderRules Rules = ReminderRulesReader.Read(Document("reminders.json"), Pain).Rules!;
    public static readonly SmsSignature Signature = new("Northside Care", "+12125550199", "https://visits.example.org");

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    public static SmsTexts Texts(SmsLanguage language) =>
        SmsTextsReader.Read(Document(language == SmsLanguage.Spanish ? "texts.sms.es.json" : "texts.sms.en.json"), language, Revealing).Texts!;

    /// <summary>The words of one text.</summary>
    public static string Text(
        ReminderTemplate template, Appointment visit, SmsLanguage language, bool callsFirst = false, SmsSignature? signature = null, DateTimeZone? patientZone = null) =>
        ReminderText.Of(TextNames.Of(template, visit.Kind, new TextChoice(callsFirst)), new TextSubject(visit), Rules, signature ?? Signature, Texts(language), patientZone);

    public static ReadOnlyMemory<byte> Document(string name)
    {
        using var stream = typeof(SmsTexts).Assembly.GetManifestResourceStream("Protocols/iv-ketamine/" + name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static LocalDateTime Local(string text) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value;

    /// <summary>The clinic's local time as an instant.</summary>
    public static Instant At(string text) => Local(text).InZoneLeniently(NewYork).ToInstant();

    public static Appointment Visit(
        string start, string id = "visit1", int version = 1, string? series = null, AppointmentKind kind = AppointmentKind.Infusion,
        AppointmentStatus status = AppointmentStatus.Booked, DateTimeZone? zone = null)
    {
        var local = Local(start);
        var place = zone ?? NewYork;
        return new Appointment(
            id, "patient1", kind, local, place.Id, local.InZoneLeniently(place).ToInstant(), status, 1, version, series, new string('t', Tokens.Length), null, At("2026-01-01T00:00"));
    }

    public static PlanInput Input(string now, params Appointment[] visits) =>
        new("northside", "patient1", visits, Rules, NewYork, NewYork, [OptedIn], At(now));

    public static readonly PastReminder OptedIn = new("opt-in", ReminderTemplate.OptIn, null, null, At("2026-01-01T12:00")) { MostPerWeek = 8 };

    public static string Show(PlannedReminder reminder, DateTimeZone? zone = null) =>
        $"{ReminderWords.Of(reminder.Template)} {reminder.SendAt.InZone(zone ?? NewYork).ToString("uuuu-MM-dd HH:mm", null)}{(reminder.IsDropped ? " dropped" : string.Empty)}";
}
