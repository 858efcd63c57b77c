using System.Globalization;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Local.Records;

/// <summary>The poison messages of the SQLite queue.</summary>
internal sealed class SqliteFailedMessages(SqliteQueue queue) : IFailedMessages
{
    public async Task<IReadOnlyList<FailedMessage>> ListAsync(string clinic, CancellationToken cancellation) =>
    [
        .. (await queue.ListPoisonAsync(clinic, cancellation)).Select(p => new FailedMessage(
            p.Id.ToString(CultureInfo.InvariantCulture), p.Message.Queue, p.Message.Subject, p.Reason, p.PoisonedAt, p.Tries)),
    ];

    public async Task<bool> PutBackAsync(string clinic, string id, CancellationToken cancellation) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await queue.PutBackAsync(number, clinic, cancellation);
}
