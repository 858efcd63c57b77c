using System.Text;
using KetamineIntake.Core.Records;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Local.Clock;

/// <summary>
/// The latest time that the dispatcher has seen, kept over a restart. A clock that was ahead has made texts late that were not; when it is put right, everybody is planned anew.
/// </summary>
internal sealed class ClockMark(IRecordStores stores)
{
    private const string Partition = "_host";
    private const string Key = "clock";

    /// <summary>Less than this back is a clock that is being trimmed.</summary>
    private static readonly Duration Trimmed = Duration.FromMinutes(1);

    /// <summary>How far the clock goes before it is written down again: a commit for each pass would be one too many.</summary>
    private static readonly Duration Step = Duration.FromMinutes(10);

    private Instant? seen;

    /// <summary>Whether the clock went back since the mark was written.</summary>
    public async Task<bool> WentBackAsync(Instant now, CancellationToken cancellation)
    {
        seen ??= await stores.Open(Partition).FindAsync(Key, cancellation) is { } row
            && InstantPattern.ExtendedIso.Parse(Encoding.ASCII.GetString(row.Body.Span)) is { Success: true } kept ? kept.Value : Instant.FromUnixTimeSeconds(0);
        return now < seen - Trimmed;
    }

    /// <summary>Writes the time down where it has to be: behind whatever was done because it went back, so that a crash does that again.</summary>
    public async Task KeepAsync(Instant now, CancellationToken cancellation)
    {
        if (now < seen - Trimmed || now - seen >= Step)
        {
            await stores.Open(Partition).CommitAsync([new Change.Upsert(Key, Encoding.ASCII.GetBytes(InstantPattern.ExtendedIso.Format(now)))], cancellation);
            seen = now;
        }
    }
}
