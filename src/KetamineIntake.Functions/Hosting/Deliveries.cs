using KetamineIntake.Azure.Records;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Functions.Hosting;

/// <summary>Hands a queue's text to its Core handler, with the store bound to the clinic that the message names. What it throws counts as a failed try.</summary>
public sealed class Deliveries(IRecordStores stores)
{
    /// <exception cref="FormatException">The text is not a message of ours.</exception>
    public async Task HandleAsync(string queue, string text, Func<IRecordStore, Message, CancellationToken, Task> handler, CancellationToken cancellation)
    {
        var message = MessageText.Read(queue, text);
        await handler(stores.Open(message.Clinic), message, cancellation);
    }
}
