using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace KetamineIntake.Web.Pages.Referrals;

/// <summary>One referral, and the decision about it.</summary>
internal static class DecisionRoutes
{
    public static async Task<IResult> ShowAsync(HttpContext http, string id, FindReferral referrals, FindPatientCard cards, IClock clock) =>
        await DrawAsync(http, id, DecisionInput.Empty, null, (referrals, cards, clock));

    public static async Task<IResult> DecideAsync(HttpContext http, string id, DecideReferral decide, FindReferral referrals, FindPatientCard cards, IClock clock)
    {
        var input = DecisionInput.From(await http.Request.ReadFormAsync(http.RequestAborted));
        if (input.Error is { } error)
        {
            return await DrawAsync(http, id, input, error, (referrals, cards, clock), StatusCodes.Status422UnprocessableEntity);
        }

        var note = input.Note.Length == 0 ? null : input.Note;
        return await decide.RunAsync(http.Clinic(), id, input.Kind!.Value, input.Reason, note, http.Staff(), http.RequestAborted, input.Seen) switch
        {
            DecideResult.NotFound => ClinicPages.NotFound(http.Clinic()),
            DecideResult.Conflict conflict => await DrawAsync(http, id, input with { Seen = null }, conflict.Detail, (referrals, cards, clock), StatusCodes.Status409Conflict),
            _ => ClinicPages.SeeOther(StaffLinks.Referral(http.Clinic(), id) + "#decisions"),
        };
    }

    private static async Task<IResult> DrawAsync(
        HttpContext http, string id, DecisionInput input, string? error, (FindReferral Referrals, FindPatientCard Cards, IClock Clock) with, int status = StatusCodes.Status200OK)
    {
        var view = await with.Referrals.RunAsync(http.Clinic(), id, http.Staff(), http.RequestAborted);
        if (view is null || await with.Cards.RunAsync(http.Clinic(), view.Patient.Id, http.RequestAborted) is not { } card)
        {
            return ClinicPages.NotFound(http.Clinic());
        }

        var today = http.Clinic().DayAt(with.Clock.GetCurrentInstant());
        return ClinicPages.Show<ReferralDetail>(
            new { Clinic = http.Clinic(), Staff = http.Staff(), View = view, Card = card, Input = input, Error = error, Today = today }, status);
    }
}

/// <summary>What stands in the decision's form.</summary>
/// <param name="Seen">The stamp of what was shown with the form; null: of what is shown now. One that is refused for a field keeps the earlier stamp, so that a change since then is still told.</param>
public sealed record DecisionInput(DecisionKind? Kind, string Reason, string Note, string? Seen)
{
    public static readonly DecisionInput Empty = new(null, "", "", null);

    public static DecisionInput From(IFormCollection form) => new(
        Words.Parse<DecisionKind>(form["decision"], Words.Of),
        form["reason"].ToString().Trim().ReplaceLineEndings("\n"),
        form["note"].ToString().Trim().ReplaceLineEndings("\n"),
        form["seen"].ToString());

    public string? Error =>
        Kind is null ? "Choose a decision."
        : Reason.Length == 0 ? "Give a reason."
        : Reason.Length > Decision.LongestReason || Note.Length > Decision.LongestNote
            ? $"The reason may have {Decision.LongestReason} characters, the note {Decision.LongestNote}."
        : !TextCheck.IsPlain(Reason, Decision.LongestReason) || (Note.Length > 0 && !TextCheck.IsPlain(Note, Decision.LongestNote))
            ? "Remove the characters that cannot be printed."
        : null;
}
