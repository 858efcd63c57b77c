using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>What somebody who sent a form that cannot be taken reads all the same, because it tells of danger.</summary>
/// <param name="Message">Null where there is an emergency of the body and no suicide risk.</param>
/// <param name="Resources">Whom to call, first things first.</param>
public sealed record RefusedDanger(Urgency Urgency, string? Message, IReadOnlyList<Resource> Resources, IReadOnlyList<Emergency> Emergencies)
{
    /// <summary>What can be an emergency, in the words for clinicians.</summary>
    public IReadOnlyList<string> ToStaff { get; init; } = [];

    /// <summary>Null when nothing that was understood, and nothing that was said and not understood, is about danger.</summary>
    public static RefusedDanger? In(ClinicContext clinic, HeardForm heard, Instant now)
    {
        var (book, texts, today) = (clinic.Protocol.Rules, clinic.Protocol.TextsFor(heard.Patient.Language), clinic.DayAt(now));
        var born = heard.Patient.BirthDate == default ? today.PlusYears(-clinic.Protocol.Questionnaire.Reading.AgeOfUnknown) : heard.Patient.BirthDate;
        var judged = ClinicScreening.Judge(clinic, heard.Answers, born, today);
        var urgency = heard.Unclear.Select(book.UrgencyOf).Append(judged.Urgency).Max();
        var rules = Emergency.FindingsIn(judged, book).Select(f => f.Rule).Concat(Unasked(heard, book)).ToHashSet(StringComparer.Ordinal);
        return urgency == Urgency.None && rules.Count == 0
            ? null
            : new RefusedDanger(urgency, urgency == Urgency.None ? null : texts.Messages[ProtocolTexts.Refused], ScreeningReceipt.ResourcesFor(urgency, clinic, texts), Emergency.Of(rules, book, texts))
            {
                ToStaff = [.. book.Rules.Where(r => rules.Contains(r.Id)).Select(r => r.Reason)],
            };
    }

    // A yes that the answers before it do not call for, or whose question before it is the fault.
    private static IEnumerable<string> Unasked(HeardForm heard, RuleBook book) =>
        heard.Unclear.Where(linkId => Emergency.CanBeOne(heard.Answers.Find(linkId))).Select(book.EmergencyOf).OfType<Rule>().Select(r => r.Id);
}
