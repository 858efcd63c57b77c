using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KetamineIntake.Core;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

/// <summary>Texts and reports are counted whatever became of them.</summary>
public sealed class TextSignalsTests : IDisposable
{
    // Other tests count at the same time: the thread keeps them apart.
    private readonly ConcurrentBag<string> told = [];
    private readonly MeterListener listener = new();

    public TextSignalsTests()
    {
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name == Signals.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => told.Add($"{instrument.Name} {string.Join(' ', tags.ToArray())} {Environment.CurrentManagedThreadId}"));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    [Fact]
    public async Task A_provider_that_gives_no_answer_is_counted()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => ProviderCall.AskAsync(
            new Silent(), new OutgoingText("+18005550100", "+12125550123", "b", "t", Instant.FromUtc(2026, 12, 1, 14, 0))));
        Assert.Contains($"ketamine_intake.texts [result, no-answer] {Environment.CurrentManagedThreadId}", told);
    }

    [Theory]
    [InlineData(true, 2000, "[result, delivered] [code, 2000]")]
    [InlineData(false, 4977, "[result, failed] [code, 4977]")]
    [InlineData(false, null, "[result, failed] [code, none]")]
    [InlineData(false, 212555, "[result, failed] [code, other]")]
    [InlineData(false, 999, "[result, failed] [code, other]")]
    public void A_report_is_counted_by_result_and_a_code_of_four_digits(bool isDelivered, int? code, string tags)
    {
        Signals.Reported(isDelivered, code);
        Assert.Contains($"ketamine_intake.text_reports {tags} {Environment.CurrentManagedThreadId}", told);
    }

    [Fact]
    public async Task A_report_that_comes_twice_is_counted_once_and_one_about_another_try_not_at_all()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(clinic.Clock.Now);
        var sent = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);

        await clinic.ReportAsync(sent, delivered: false, code: 4188, messageId: "another");
        await clinic.ReportAsync(sent, delivered: false, code: 4188, id: "report");
        await clinic.ReportAsync(sent, delivered: false, code: 4188, id: "report");

        Assert.Single(told, line => line.Contains("[code, 4188]", StringComparison.Ordinal));
    }

    private sealed class Silent : ISmsSender
    {
        public Task<SmsReceipt> SendAsync(OutgoingText text, CancellationToken cancellation) => throw new HttpRequestException();
    }
}
