using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Screenings;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Records;

/// <summary>Every row key there is. Keys are permanent: bodies live under them for years. No key holds anything a person said or is called.</summary>
public static class Rows
{
    /// <summary>The small partition that belongs to no clinic. No slug can be this: slugs start with a letter.</summary>
    public const string Global = "_global";

    internal const string EventPrefix = "event|";

    internal const string IdempotencyPrefix = "idempotency|";

    private const string OutboxPrefix = "outbox|";
    private const string RecheckPrefix = "recheck|";

    // Behind every day.
    private const string NoDay = "9999-99-99";

    public static RowRange Patients => RowRange.StartingWith("patient|");

    public static RowRange Screenings => RowRange.StartingWith("screening|");

    public static RowRange Referrals => RowRange.StartingWith("referral|");

    public static RowRange Drafts => RowRange.StartingWith("draft|");

    public static RowRange StaffKeys => RowRange.StartingWith("staff|");

    public static RowRange Audit => RowRange.StartingWith("audit|");

    public static RowRange Outbox => RowRange.StartingWith(OutboxPrefix);

    /// <summary>Every referral as the staff list shows it: those that a clinician still has to act on, then most urgent, then worst, then oldest.</summary>
    public static RowRange Inbox => RowRange.StartingWith("inbox|");

    public static RowRange InboxOpen => RowRange.StartingWith("inbox|0|");

    public static RowRange InboxClosed => RowRange.StartingWith("inbox|1|");

    /// <summary>Global partition.</summary>
    public static RowRange Clinics => RowRange.StartingWith("clinic|");

    /// <summary>Global partition.</summary>
    public static RowRange KeyRing => RowRange.StartingWith("keyring|");

    public static string Patient(string id) => "patient|" + Id(id);

    /// <exception cref="FormatException">Not a key of <see cref="Patient"/>.</exception>
    public static string PatientOf(string key) =>
        key.Split('|') is ["patient", var id] && RowId.IsValid(id) ? id : throw new FormatException("Not the key of a patient's row.");

    public static string Screening(string patientId, string id) => $"screening|{Id(patientId)}|{Id(id)}";

    public static RowRange PatientScreenings(string patientId) => RowRange.StartingWith($"screening|{Id(patientId)}|");

    public static string Referral(string id) => "referral|" + Id(id);

    public static string Draft(string id) => "draft|" + Id(id);

    public static string StaffKey(string id) => "staff|" + Id(id);

    /// <summary>The client made this key and may have put anything into it, so only its SHA-256 is stored. It counts for one person: whoever sends the same key for somebody else has another row.</summary>
    /// <param name="person">What tells the person from others. One part has to be a keyed hash: a plain hash of a name and a birth date is quickly turned back.</param>
    public static string Idempotency(string clientKey, params ReadOnlySpan<string> person)
    {
        // The length before each part keeps two different lists from running into the same text.
        var text = new StringBuilder();
        foreach (var part in (ReadOnlySpan<string>)[clientKey, .. person])
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        return IdempotencyPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Where a key stood before it counted for one person; such rows are gone a day after an upgrade.</summary>
    public static string EarlierIdempotency(string clientKey) =>
        IdempotencyPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clientKey)));

    public static string AuditEntry(Instant at, string id) => $"audit|{InstantText.Format(at)}|{Id(id)}";

    /// <summary>The index row of a referral; rewritten (deleted here, inserted there) in the same commit as the referral whenever a part of it changes.</summary>
    /// <param name="open">A clinician still has to act.</param>
    public static string InboxEntry(bool open, Urgency urgency, Outcome outcome, Instant receivedAt, string referralId) =>
        $"inbox|{(open ? '0' : '1')}|{Rank(urgency)}{Rank(outcome)}|{InstantText.Format(receivedAt)}|{Id(referralId)}";

    /// <summary>A message that waits for its time.</summary>
    public static string OutboxEntry(Instant due, string id) => $"{OutboxPrefix}{InstantText.Format(InstantText.RoundUp(due))}|{Id(id)}";

    /// <summary>Messages whose time has come; one due at this very instant included.</summary>
    public static RowRange OutboxDueBy(Instant now) => new(OutboxPrefix, $"{OutboxPrefix}{InstantText.Format(now)}|~");

    /// <summary>Messages whose time has not come.</summary>
    public static RowRange OutboxAfter(Instant now) => new($"{OutboxPrefix}{InstantText.Format(now)}|~", OutboxPrefix + "~");

    public static bool IsOutbox(string key) => key.StartsWith(OutboxPrefix, StringComparison.Ordinal);

    /// <exception cref="FormatException">Not a key of <see cref="OutboxEntry"/>.</exception>
    public static Instant OutboxDue(string key) =>
        IsOutbox(key) && key.Split('|') is [_, var due, _] && InstantText.TryParse(due, out var instant)
            ? instant
            : throw new FormatException("Not the key of an outbox row.");

    public static string Appointment(string patientId, string id) => $"appointment|{Id(patientId)}|{Id(id)}";

    /// <summary>Of all patients, each one's together.</summary>
    public static RowRange Appointments => RowRange.StartingWith("appointment|");

    /// <exception cref="FormatException">Not a key of <see cref="Appointment"/>.</exception>
    public static string PatientOfAppointment(string key) =>
        key.Split('|') is ["appointment", var id, _] && RowId.IsValid(id) ? id : throw new FormatException("Not the key of an appointment's row.");

    public static RowRange PatientAppointments(string patientId) => RowRange.StartingWith($"appointment|{Id(patientId)}|");

    public static string Lab(string patientId, string id) => $"lab|{Id(patientId)}|{Id(id)}";

    public static RowRange PatientLabs(string patientId) => RowRange.StartingWith($"lab|{Id(patientId)}|");

    public static string LabFlag(string patientId, string id) => $"labflag|{Id(patientId)}|{Id(id)}";

    public static RowRange LabFlagRecords => RowRange.StartingWith("labflag|");

    public static RowRange PatientLabFlags(string patientId) => RowRange.StartingWith($"labflag|{Id(patientId)}|");

    /// <summary>What was last concluded from a patient's laboratory tests; every change of them goes through this row, so that two at a time cannot both be right.</summary>
    public static string LabLedger(string patientId) => "labs|" + Id(patientId);

    /// <summary>A patient with a value that a clinician has to look at.</summary>
    public static string LabAlert(string patientId) => "labalert|" + Id(patientId);

    public static RowRange LabAlerts => RowRange.StartingWith("labalert|");

    /// <summary>A result that a person has to match.</summary>
    public static string UnplacedLab(string patientId, string id) => $"labunplaced|{Id(patientId)}|{Id(id)}";

    public static RowRange PatientUnplacedLabs(string patientId) => RowRange.StartingWith($"labunplaced|{Id(patientId)}|");

    public static RowRange UnplacedLabs => RowRange.StartingWith("labunplaced|");

    /// <summary>The same once somebody has dealt with it, so that it does not wait again when it comes again.</summary>
    public static string PlacedLab(string patientId, string id) => $"labplaced|{Id(patientId)}|{Id(id)}";

    /// <summary>What the clinic's patients were last judged by; when it is another, everybody is judged again.</summary>
    public const string LabBasis = "labbasis";

    /// <summary>The clinic's list of flags: open before closed, then by the day of the visit, those without one last.</summary>
    public static string LabFlagEntry(bool open, LocalDate? visitOn, string test, string id) =>
        $"labflags|{(open ? '0' : '1')}|{(visitOn is { } day ? DayText(day) : NoDay)}|{Name(test)}|{Id(id)}";

    public static RowRange LabFlags => RowRange.StartingWith("labflags|");

    public static RowRange LabFlagsOpen => RowRange.StartingWith("labflags|0|");

    public static RowRange LabFlagsClosed => RowRange.StartingWith("labflags|1|");

    /// <summary>The next day of the clinic on which a patient's laboratory tests have to be looked at.</summary>
    public static string Recheck(LocalDate day, string patientId) => $"{RecheckPrefix}{DayText(day)}|{Id(patientId)}";

    public static RowRange Rechecks => RowRange.StartingWith(RecheckPrefix);

    /// <summary>Patients to be looked at on this day or before.</summary>
    public static RowRange RechecksDueBy(LocalDate day) => new(RecheckPrefix, $"{RecheckPrefix}{DayText(day)}|~");

    /// <exception cref="FormatException">Not a key of <see cref="Recheck"/>.</exception>
    public static (LocalDate Day, string PatientId) RecheckOf(string key) =>
        key.StartsWith(RecheckPrefix, StringComparison.Ordinal) && key.Split('|') is [_, var day, var patient]
        && LocalDatePattern.Iso.Parse(day) is { Success: true } parsed && RowId.IsValid(patient)
            ? (parsed.Value, patient)
            : throw new FormatException("Not the key of a recheck row.");

    /// <summary>Global partition.</summary>
    public static string Clinic(string slug) => "clinic|" + Name(slug);

    /// <summary>The documents and overrides that a rule set was made of, kept for as long as a screening names them.</summary>
    /// <summary>Every rule set that the clinic has judged by.</summary>
    public static RowRange RuleSets => RowRange.StartingWith("ruleset|");

    public static string RuleSet(string protocolHash, string ruleSetHash) => $"ruleset|{Name(protocolHash)}|{Name(ruleSetHash)}";

    public static string Reminder(string patientId, string id) => $"reminder|{Id(patientId)}|{Id(id)}";

    public static RowRange PatientReminders(string patientId) => RowRange.StartingWith($"reminder|{Id(patientId)}|");

    /// <summary>Written by everything that plans for a patient, so that two such commits never pass each other.</summary>
    public static string Plan(string patientId) => "plan|" + Id(patientId);

    /// <summary>By which rules a patient with visits ahead was judged again after the rules had changed, and what that came to.</summary>
    public static string Judged(string patientId) => "judged|" + Id(patientId);

    /// <summary>What a clinician ordered for a patient's preparation.</summary>
    public static string Orders(string patientId) => "orders|" + Id(patientId);

    /// <summary>The visits of one clinic day; written by each booking on that day, so that two never take the same chair.</summary>
    public static string Day(LocalDate day) => "day|" + DayText(day);

    /// <summary>Both days included.</summary>
    public static RowRange Days(LocalDate first, LocalDate last) => new(Day(first), Day(last) + "~");

    /// <param name="phoneHash">Keyed hash of a number, 64 hex digits; see PhoneBook.</param>
    public static string Phone(string phoneHash, string patientId) => $"phone|{Name(phoneHash)}|{Id(patientId)}";

    public static RowRange PatientsOfPhone(string phoneHash) => RowRange.StartingWith($"phone|{Name(phoneHash)}|");

    /// <summary>The last text to a patient under a number, and the last that asked about a visit.</summary>
    public static string Texted(string phoneHash, string patientId) => $"texted|{Name(phoneHash)}|{Id(patientId)}";

    public static RowRange TextedOfPhone(string phoneHash) => RowRange.StartingWith($"texted|{Name(phoneHash)}|");

    /// <summary>How far patients from before the index of numbers were written into it.</summary>
    public static string PhonesIndexed => "phones|indexed";

    /// <summary>Everything that was said about texts to one number.</summary>
    public static string Consent(string phoneHash) => "consent|" + Name(phoneHash);

    public static RowRange Consents => RowRange.StartingWith("consent|");

    /// <summary>Null for the key of any other row.</summary>
    public static string? PhoneHashOfConsent(string key) => key.Split('|') is ["consent", var hash] ? hash : null;

    /// <summary>A preparation page, by the hash of its token; in the global partition the row that says whose it is.</summary>
    public static string Link(string token) => "link|" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>An event that has been acted on, by the hash of the sender's id for it.</summary>
    public static string Event(string eventId) => EventPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(eventId)));

    /// <summary>An answer to a patient's text.</summary>
    public static string TextAnswer(string id) => "answer|" + Id(id);

    public static string SenderPause => "pause|sender";

    /// <summary>Something about texts that a person at the clinic has to see: open before closed, danger first, then oldest.</summary>
    public static string Note(bool open, bool urgent, Instant at, string id) => $"note|{(open ? '0' : '1')}|{(urgent ? '0' : '1')}|{InstantText.Format(at)}|{Id(id)}";

    public static RowRange OpenNotes => RowRange.StartingWith("note|0|");

    public static RowRange OpenCrisisNotes => RowRange.StartingWith("note|0|0|");

    /// <summary>Global partition: the key of phone hashes.</summary>
    public static string PhoneKey => "secret|phone";

    /// <summary>Global partition: a clinic that receives texts at a number.</summary>
    /// <param name="digits">E.164 without the plus sign.</param>
    public static string Number(string digits, string slug) => $"number|{Name(digits)}|{Name(slug)}";

    public static RowRange ClinicsOfNumber(string digits) => RowRange.StartingWith($"number|{Name(digits)}|");

    /// <summary>Global partition: one element of the data-protection key ring.</summary>
    public static string KeyRingEntry(string id) => "keyring|" + Name(id);

    private static char Rank(Urgency urgency) => urgency switch
    {
        Urgency.Imminent => '0',
        Urgency.High => '1',
        Urgency.Elevated => '2',
        Urgency.None => '3',
        _ => throw new ArgumentOutOfRangeException(nameof(urgency)),
    };

    private static char Rank(Outcome outcome) => outcome switch
    {
        Outcome.Contraindicated => '0',
        Outcome.NeedsReview => '1',
        Outcome.Incomplete => '2',
        Outcome.Eligible => '3',
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static string DayText(LocalDate day) => LocalDatePattern.Iso.Format(day);

    private static string Id(string id) =>
        RowId.IsValid(id) ? id : throw new ArgumentException("Not a record id; check RowId.IsValid before asking the store.", nameof(id));

    private static string Name(string name) =>
        name.Length is > 0 and <= 100 && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? name
            : throw new ArgumentException("A name inside a row key is 1 to 100 characters of [a-z0-9-].", nameof(name));
}
