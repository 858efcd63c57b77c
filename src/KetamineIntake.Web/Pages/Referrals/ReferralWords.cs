using System.Globalization;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Web.Pages.Screenings;
using NodaTime;

namespace KetamineIntake.Web.Pages.Referrals;

/// <summary>The console's words for what the records hold as codes.</summary>
internal static class ReferralWords
{
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Contraindicated => "Contraindicated",
        Outcome.NeedsReview => "Needs review",
        Outcome.Incomplete => "Incomplete",
        _ => "Eligible",
    };

    public static string Of(Urgency urgency) => urgency switch
    {
        Urgency.Imminent => "Imminent risk",
        Urgency.High => "High urgency",
        Urgency.Elevated => "Elevated urgency",
        _ => "No urgency",
    };

    public static string Of(ReferralStatus status) => status switch
    {
        ReferralStatus.New => "New",
        ReferralStatus.InfoRequested => "Information requested",
        ReferralStatus.Accepted => "Accepted",
        ReferralStatus.Declined => "Declined",
        ReferralStatus.OverridePending => "Override awaits a second key",
        _ => "Overridden",
    };

    public static string Of(DecisionKind kind) => kind switch
    {
        DecisionKind.Accept => "Accept",
        DecisionKind.Decline => "Decline",
        DecisionKind.RequestInfo => "Request information",
        _ => "Override",
    };

    public static string Of(TextBar bar) => bar switch
    {
        TextBar.NotConsented => "the patient did not agree to texts on the form",
        TextBar.OptedOut => "texts to this number were stopped after the form",
        TextBar.StoppedBefore => "texts to this number were stopped before the form, which agrees to them; only START from the number brings them back",
        TextBar.InDoubt => "somebody at this number may want no more texts, and nobody has decided yet",
        _ => "no referral of the patient is accepted",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Absolute => "Contraindications",
        Severity.Review => "Needs a clinician's review",
        Severity.Caution => "Cautions",
        _ => "For information",
    };

    /// <summary>Over rules that are not ruled out.</summary>
    public static string OpenOf(Severity severity) => severity switch
    {
        Severity.Caution => "Cautions that are not ruled out",
        _ => "Cannot be ruled out",
    };

    public static string Tone(Outcome outcome) => outcome switch
    {
        Outcome.Contraindicated => "danger",
        Outcome.Eligible => "good",
        _ => "warn",
    };

    public static string Tone(Urgency urgency) => urgency switch
    {
        Urgency.Imminent or Urgency.High => "danger",
        Urgency.Elevated => "warn",
        _ => "",
    };

    /// <summary>Completed years.</summary>
    public static int Age(LocalDate birth, LocalDate today) => Period.Between(birth, today, PeriodUnits.Years).Years;

    /// <summary>An instant in the clinic's zone, for example "Nov 21, 2026, 9:05 AM EST".</summary>
    public static string Time(ClinicContext clinic, Instant instant)
    {
        var local = instant.InZone(clinic.Zone);
        return local.ToString("MMM d, uuuu, h:mm tt ", CultureInfo.InvariantCulture) + local.GetZoneInterval().Name;
    }

    /// <summary>What a finding rests on: the question and its answer, a scale and its total, or what was worked out.</summary>
    public static (string Name, string Value) Input(Protocol protocol, AnswerSet answers, FindingInput input)
    {
        if (protocol.Questionnaire.Find(input.Name) is { } item)
        {
            return (item.Text, AnswerWords.Of(item, answers.Find(item.LinkId)));
        }

        var name = protocol.Scales.FirstOrDefault(s => s.Id == input.Name)?.Title ?? Derived(input.Name) ?? input.Name;
        return (name, input.Value ?? "not available");
    }

    private static string? Derived(string name) => name switch
    {
        "age" => "Age in years",
        "bmi" => "Body mass index, from the weight and height the patient reports",
        _ => null,
    };
}
