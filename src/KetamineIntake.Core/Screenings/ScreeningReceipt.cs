using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Screenings;

/// <summary>What a patient may see of a screening, in their language.</summary>
public sealed record ScreeningReceipt(
    string Id,
    Outcome Outcome,
    Urgency Urgency,
    string Message,
    IReadOnlyList<Resource> Resources,
    IReadOnlyList<string> Missing,
    string ReferralId)
{
    /// <summary>
    /// What the fired rules say to the patient, worst first, each sentence once. Nothing is said of rules that are merely not ruled out, nothing milder beside an emergency that says the same,
    /// and nothing at all at high urgency: whoever thinks of suicide reads how to get help, not why a treatment may not be for them.
    /// </summary>
    public IReadOnlyList<string> Notes
    {
        get;

        // A receipt that was stored without notes is read as null.
        init => field = value ?? [];
    } = [];

    /// <summary>Read first, beside crisis help where both apply.</summary>
    public IReadOnlyList<Emergency> Emergencies
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>What happens next. Empty in receipts from before it was kept.</summary>
    public IReadOnlyList<string> Next
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>The patient's language, BCP 47; null in receipts from before it was kept.</summary>
    public string? Language { get; init; }

    /// <summary>The words and the numbers to call that fit outcome and urgency; crisis help first where due.</summary>
    /// <param name="language">The patient's.</param>
    /// <param name="agreesToTexts">Then what happens next ends with how to get texts again after a STOP.</param>
    public static ScreeningReceipt For(StoredScreening screening, Urgency urgency, ClinicContext clinic, string language, bool agreesToTexts = false)
    {
        var (texts, book, result) = (clinic.Protocol.TextsFor(language), clinic.Protocol.Rules, screening.Result);
        var emergencies = Emergency.FindingsIn(result, book);
        return new ScreeningReceipt(
            screening.Id, result.Outcome, urgency, texts.Messages[urgency == Urgency.None ? Words.Of(result.Outcome) : Words.Of(urgency)],
            ResourcesFor(urgency, clinic, texts), result.Missing, screening.ReferralId)
        {
            Language = language,
            Emergencies = Emergency.Of(emergencies, book, texts),
            Notes = urgency >= Urgency.High ? [] : NotesOn(result.Findings, emergencies, book, texts),
            Next = [.. NextFor(urgency, emergencies.Count > 0, clinic, texts), .. agreesToTexts ? [StartAgain(clinic, texts)] : Array.Empty<string>()],
        };
    }

    private static string StartAgain(ClinicContext clinic, ProtocolTexts texts) =>
        texts.Page[PageWords.StartAgain].Replace("{texts}", VisitWords.Phone(ClinicNumbers.Of(clinic.Clinic)), StringComparison.Ordinal);

    internal static List<Resource> ResourcesFor(Urgency urgency, ClinicContext clinic, ProtocolTexts texts)
    {
        var resources = new List<Resource>();
        if (urgency != Urgency.None)
        {
            resources.AddRange(texts.Resources[Words.Of(urgency)]);
        }

        resources.Add(new Resource(clinic.Clinic.Name, clinic.Clinic.Phone, null));
        resources.AddRange(texts.Resources["always"].Except(resources));
        return resources;
    }

    private static List<string> NextFor(Urgency urgency, bool isEmergency, ClinicContext clinic, ProtocolTexts texts) =>
        [.. texts.Next.GetValueOrDefault(urgency != Urgency.None ? Words.Of(urgency) : isEmergency ? "emergency" : "other", [])
            .Select(line => Fill(line, clinic))];

    private static List<string> NotesOn(IEnumerable<Finding> findings, IReadOnlyList<Finding> emergencies, RuleBook book, ProtocolTexts texts)
    {
        var words = book.Rules.ToDictionary(r => r.Id, r => texts.Notes.GetValueOrDefault(r.Id) ?? r.PatientText, StringComparer.Ordinal);
        return [.. findings
            .Where(f => f.Verdict == Verdict.True)
            .Select(f => words.GetValueOrDefault(f.Rule))
            .OfType<string>()
            .Except(emergencies.Select(f => words.GetValueOrDefault(f.Rule)).OfType<string>(), StringComparer.Ordinal)];
    }

    /// <summary>A sentence with the clinic's name and number.</summary>
    public static string Fill(string text, ClinicContext clinic) => text
        .Replace("{clinic}", clinic.Clinic.Name, StringComparison.Ordinal)
        .Replace("{phone}", VisitWords.Phone(clinic.Clinic.Phone), StringComparison.Ordinal);
}
