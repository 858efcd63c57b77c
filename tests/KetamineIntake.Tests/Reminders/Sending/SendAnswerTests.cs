using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

public class SendAnswerTests
{
    private static readonly Duration Claim = Duration.FromMinutes(2);
    private static readonly string Id = RowId.New();
    private static readonly TextAnswer Answer = new(Id, "+12125550199", "+12125550123", "Call 988.", TestClock.Start);

    [Fact]
    public async Task An_answer_goes_once_however_often_its_message_comes()
    {
        await using var clinic = await TestClinic.StartAsync();
        var sender = await StartAsync(clinic);
        var send = New(clinic, sender);

        await send.RunAsync(Message(), default);
        await send.RunAsync(Message(), default);

        Assert.Equal(new OutgoingText("+12125550199", "+12125550123", "Call 988.", Id, TestClock.Start), Assert.Single(sender.Texts).Text);
        var kept = await StoredAsync(clinic);
        Assert.Equal(26, kept.MessageId!.Length);
        Assert.Equal(Answer with { MessageId = kept.MessageId, Tries = 1, TriedSince = TestClock.Start }, kept);
        Assert.Equal([(Message(), TestClock.Start + Duration.FromMinutes(2))], await OutboxAsync(clinic));
    }

    [Theory]
    [InlineData("nowhere", true)]
    [InlineData("northside", false)]
    public async Task A_message_about_nothing_sends_nothing(string slug, bool isStored)
    {
        await using var clinic = await TestClinic.StartAsync();
        var sender = await StartAsync(clinic, isStored ? Answer : null);

        await New(clinic, sender).RunAsync(Message() with { Clinic = slug }, default);

        Assert.Empty(sender.Texts);
        Assert.Empty(await OutboxAsync(clinic));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    public async Task After_a_day_an_answer_answers_nothing(int secondsAfterADay, int texts)
    {
        await using var clinic = await TestClinic.StartAsync();
        var sender = await StartAsync(clinic);
        clinic.Clock.Advance(Duration.FromHours(24) + Duration.FromSeconds(secondsAfterADay));

        await New(clinic, sender).RunAsync(Message(), default);

        Assert.Equal(texts, sender.Texts.Count);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task While_another_handler_may_have_it_its_message_comes_again_when_that_is_over(int secondsLeft, int texts)
    {
        await using var clinic = await TestClinic.StartAsync();
        var until = TestClock.Start + Duration.FromSeconds(secondsLeft);
        var sender = await StartAsync(clinic, Answer with { SendingUntil = until });

        await New(clinic, sender).RunAsync(Message(), default);

        Assert.Equal(texts, sender.Texts.Count);
        Assert.Equal([(Message(), texts == 0 ? until : TestClock.Start + Claim)], await OutboxAsync(clinic));
    }

    [Fact]
    public async Task Whoever_is_late_with_the_claim_sends_nothing()
    {
        await using var clinic = await TestClinic.StartAsync();
        var sender = await StartAsync(clinic);
        var stores = new MeddlingStores(clinic.Stores) { Conflicts = 1 };

        await new SendAnswer(new ClinicDirectory(stores, clinic.Context.Protocol), new PhoneBook(clinic.Stores), sender, clinic.Clock).RunAsync(Message(), default);

        Assert.Empty(sender.Texts);
        Assert.Equal(Answer, await StoredAsync(clinic));
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(4005)]
    [InlineData(4007)]
    public async Task A_final_refusal_ends_it(int code)
    {
        await using var clinic = await TestClinic.StartAsync();
        var sender = await StartAsync(clinic);
        sender.Refusals.Enqueue(code);
        var send = New(clinic, sender);

        await send.RunAsync(Message(), default);
        clinic.Clock.Advance(Claim);
        await send.RunAsync(Message(), default);

        Assert.Empty(sender.Texts);
        Assert.Equal(Answer with { MessageId = $"refused {code}", Tries = 1, TriedSince = TestClock.Start }, await StoredAsync(clinic));
    }

    [Theory]
    [InlineData(4006)]
    [InlineData(4008)]
    [InlineData(4010)]
    [InlineData(5001)]
    [InlineData(9999)]
    public async Task A_passing_refusal_is_tried_again_after_growing_waits_up_to_four_times(int code)
    {
        await using var clinic = await TestClinic.StartAsync();
        var sender = await StartAsync(clinic);
        var send = New(clinic, sender);
        foreach (var (tries, seconds) in new[] { (1, 30), (2, 120), (3, 600) })
        {
            sender.Refusals.Enqueue(code);
            await send.RunAsync(Message(), default);
            await send.RunAsync(Message(), default);
            var next = clinic.Clock.Now + Duration.FromSeconds(seconds);
            Assert.Equal(Answer with { NextAt = next, Tries = tries }, await StoredAsync(clinic));
            Assert.Contains((Message(), next), await OutboxAsync(clinic));
            clinic.Clock.Now = next;
        }

        sender.Refusals.Enqueue(code);
        await send.RunAsync(Message(), default);
        await send.RunAsync(Message(), default);

        Assert.Equal(Answer with { MessageId = $"refused {code}", Tries = 4, TriedSince = clinic.Clock.Now }, await StoredAsync(clinic));
        Assert.Empty(sender.Texts);
        Assert.Equal(4, sender.Asked.Count);
    }

    private static SendAnswer New(TestClinic clinic, RecordingSender sender) => new(clinic.Directory, new PhoneBook(clinic.Stores), sender, clinic.Clock);

    private static async Task<RecordingSender> StartAsync(TestClinic clinic, TextAnswer? answer)
    {
        if (answer is not null)
        {
            await clinic.Context.Records.CommitAsync([new Change.Insert(Rows.TextAnswer(Id), RecordJson.Write(answer))], default);
        }

        return new RecordingSender(new CrashPoint(), clinic.Clock);
    }

    private static Task<RecordingSender> StartAsync(TestClinic clinic) => StartAsync(clinic, Answer);

    private static Message Message() => new(Queues.TextAnswers, "northside", Rows.TextAnswer(Id));

    private static async Task<TextAnswer> StoredAsync(TestClinic clinic) => RecordJson.Read<TextAnswer>((await clinic.Context.Records.FindAsync(Rows.TextAnswer(Id), default))!);

    private static async Task<List<(Message, Instant)>> OutboxAsync(TestClinic clinic) =>
        [.. (await clinic.RowsAsync(Rows.Outbox)).Select(r => (Outbox.Read(r), Rows.OutboxDue(r.Key))).Where(m => m.Item1.Queue == Queues.TextAnswers)];
}
