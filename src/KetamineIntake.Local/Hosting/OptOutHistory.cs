using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Local.Records;

namespace KetamineIntake.Local.Hosting;

/// <summary>Opt-outs of a data folder from before the file outside the store was kept: they are written into it at the first start that knows it.</summary>
internal sealed class OptOutHistory(OptOutLog log, ReplayWords words)
{
    public async Task KeepAsync(CancellationToken cancellation)
    {
        if (!log.Exists && await words.AllAsync(cancellation) is { Count: > 0 } said)
        {
            log.Append(said);
        }
    }
}
