using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Histories;

/// <summary>A text that the provider took, and what was true at that moment.</summary>
/// <param name="Reminder">As it was stored; null for an answer to a patient's own text.</param>
/// <param name="Visit">The visit that the reminder is about, as the clinic knows it; null for a text about none.</param>
/// <param name="MayBeTexted">What whoever has the number said last, else what the patient said at intake.</param>
/// <param name="IsBooked">The patient has a visit that is not cancelled.</param>
internal sealed record Sent(Instant At, OutgoingText Text, string MessageId, Reminder? Reminder, Appointment? Visit, bool MayBeTexted, bool IsBooked);

/// <summary>A provider that remembers what it took, refuses when told to, and lets things happen before it answers.</summary>
internal sealed class WatchingProvider(IClock clock, Func<OutgoingText, string, Task<Sent>> look) : ISmsSender
{
    public List<Sent> Texts { get; } = [];

    public Queue<int> Refusals { get; } = [];

    public Queue<Func<Task>> Meanwhile { get; } = [];

    /// <summary>Numbers that the carrier said have opted out.</summary>
    public Action<OutgoingText, int> Refused { get; set; } = static (_, _) => { };

    public async Task<SmsReceipt> SendAsync(OutgoingText text, CancellationToken cancellation)
    {
        if (Refusals.TryDequeue(out var code))
        {
            Refused(text, code);
            return code < 0 ? throw new HttpRequestException("The provider cannot be reached.") : new SmsReceipt.Refused(code);
        }

        var sent = await look(text, RowId.New());
        Texts.Add(sent with { At = clock.GetCurrentInstant() });
        if (Meanwhile.TryDequeue(out var act))
        {
            await act();
        }

        return new SmsReceipt.Accepted(sent.MessageId);
    }
}
