using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

/// <summary>Answers to patients' texts that the provider does not take.</summary>
public class AnswerFaultsTests
{
    private static readonly Instant SameDay = SmallClinic.At("2026-11-16T15:00");

    [Theory]
    [InlineData("I want to die", "call 911 now")]
    [InlineData("HELP", "visit texts, up to")]
    [InlineData("STOP", "you are unsubscribed")]
    public async Task What_the_provider_does_not_take_now_is_tried_again(string words, string answer)
    {
        await using var clinic = await TextingClinic.StartAsync();
        foreach (var code in new[] { 4008, 5001, 4010 })
        {
            clinic.Sender.Refusals.Enqueue(code);
        }

        await clinic.ReceiveAsync(words);
        await clinic.DeliverAsync(SameDay);

        var (at, text) = Assert.Single(clinic.Sender.Texts);
        Assert.Contains(answer, text.Body, StringComparison.Ordinal);
        Assert.Equal(SmallClinic.At("2026-11-16T10:12") + Duration.FromSeconds(30), at);
        Assert.Equal(4, clinic.Sender.Asked.Select(t => t.Since).Distinct().Count());
    }

    [Theory]
    [InlineData(4, 5001)]
    [InlineData(1, 4005)]
    [InlineData(4, -1)]
    public async Task A_crisis_answer_that_cannot_be_sent_is_told_to_staff(int asked, int code)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:01"));
        for (var time = 0; time < 10; time++)
        {
            clinic.Sender.Refusals.Enqueue(code);
        }

        await clinic.ReceiveAsync("I want to die");
        await clinic.DeliverAsync(SameDay);

        Assert.Equal(asked, clinic.Sender.Asked.Count - 1);
        var notes = await clinic.NotesAsync();
        Assert.Equal([NoteKind.Crisis, NoteKind.Crisis], notes.Select(n => n.Kind));
        var told = Assert.Single(notes, n => n.Words.Contains("could not be sent", StringComparison.Ordinal));
        Assert.Equal([patient], told.PatientIds);
    }

    [Fact]
    public async Task Another_answer_that_cannot_be_sent_is_given_up_quietly()
    {
        await using var clinic = await TextingClinic.StartAsync();
        clinic.Sender.Refusals.Enqueue(4005);

        await clinic.ReceiveAsync("HELP");
        await clinic.DeliverAsync(SameDay);

        Assert.Single(clinic.Sender.Asked);
        Assert.Empty(await clinic.NotesAsync());
    }

    [Fact]
    public async Task Texts_are_on_again_is_not_said_after_a_later_stop()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.ReceiveAsync("START");
        clinic.Clock.Advance(Duration.FromSeconds(1));
        await clinic.ReceiveAsync("STOP");

        await clinic.DeliverAsync(SameDay, times: 2);

        Assert.Contains("you are unsubscribed", Assert.Single(clinic.Sender.Texts).Text.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_fails_behind_the_providers_answer_does_not_send_it_twice()
    {
        await using var clinic = await TextingClinic.StartAsync();
        clinic.Sender.Meanwhile = _ =>
        {
            clinic.Crash.Outages = 5;
            return Task.CompletedTask;
        };

        await clinic.ReceiveAsync("HELP");
        await clinic.DeliverAsync(SameDay);

        Assert.Single(clinic.Sender.Texts);
    }
}
