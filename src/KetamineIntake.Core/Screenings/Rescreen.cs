using System.Runtime.CompilerServices;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Screenings;

/// <summary>One stored screening judged again.</summary>
/// <param name="Before">As it was recorded.</param>
/// <param name="After">As the rules say now; null when its rule set cannot be found.</param>
public sealed record Rescreened(StoredScreening Before, ScreeningResult? After)
{
    /// <summary>Whether both are the same to the byte.</summary>
    public bool IsSame => After is not null && RecordJson.Write(Before.Result).Span.SequenceEqual(RecordJson.Write(After).Span);

    /// <summary>Rules that speak now and did not then.</summary>
    public IEnumerable<string> Added => (After?.Findings ?? []).Select(f => f.Rule).Except(Before.Result.Findings.Select(f => f.Rule));

    /// <summary>Rules that spoke then and do not now.</summary>
    public IEnumerable<string> Removed => Before.Result.Findings.Select(f => f.Rule).Except((After?.Findings ?? []).Select(f => f.Rule));
}

/// <summary>
/// Replays a clinic's stored screenings, each on its own day; changes nothing. By the rules of today it shows what a new version would have said; by the recorded
/// rules it proves that each result can still be reproduced.
/// </summary>
public static class Rescreen
{
    public static async IAsyncEnumerable<Rescreened> RunAsync(
        ClinicContext clinic, bool asRecorded, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var contexts = new Dictionary<(string Protocol, string Rules), ClinicContext?>();
        await foreach (var row in clinic.Records.ListAsync(Rows.Screenings, cancellation))
        {
            var stored = RecordJson.Read<StoredScreening>(row);
            ClinicContext? context = clinic;
            var version = (stored.ProtocolHash, stored.RuleSetHash);
            if (asRecorded && !contexts.TryGetValue(version, out context))
            {
                context = contexts[version] = await RuleSetArchive.FindAsync(clinic, stored, cancellation);
            }

            yield return new Rescreened(stored, context is null ? null : Replay(context, stored));
        }
    }

    /// <summary>The stored screening as the clinic's rules judge it, on its own day.</summary>
    internal static ScreeningResult Replay(ClinicContext clinic, StoredScreening stored)
    {
        var result = ClinicScreening.Judge(clinic, stored.Answers, stored.BirthDate, stored.JudgedOn, stored.Questionnaire);
        return DraftIntake.KeepRaised(result, stored.Result.Urgency, stored.Result.Findings);
    }
}
