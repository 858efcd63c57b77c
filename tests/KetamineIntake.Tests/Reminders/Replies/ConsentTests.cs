using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Replies;

public class ConsentTests
{
    private static readonly Instant Now = SmallClinic.At("2026-11-16T10:00");
    private static readonly ConsentEntry Yes = new(true, Now, "reply", "x", "+12125550199");
    private static readonly ConsentEntry No = Yes with { Allows = false };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_a_word_what_was_said_at_intake_counts(bool consent)
    {
        Assert.Equal(consent, ConsentLedger.Empty.Allows(consent));
        Assert.False(ConsentLedger.Empty.IsOptedOut());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_latest_word_counts_whatever_was_said_before(bool consent)
    {
        var stopped = ConsentLedger.Empty.With(Yes).With(No);
        var later = Yes with { At = Now + Duration.FromSeconds(1) };
        var back = stopped.With(later);

        Assert.Equal((false, true), (stopped.Allows(consent), stopped.IsOptedOut()));
        Assert.Equal((consent, false), (back.Allows(consent), back.IsOptedOut()));
        Assert.Equal([Yes, No, later], back.Entries);
    }

    [Fact]
    public async Task A_word_is_one_row_and_one_message_by_which_everybody_under_the_number_is_planned_anew()
    {
        await using var clinic = await TestClinic.StartAsync();
        var changes = ConsentChanges.Of(clinic.Context, "00ff", null, ConsentLedger.Empty.With(No), Now).ToList();

        Assert.Equal(2, changes.Count);
        var kept = Assert.IsType<Change.Insert>(changes[0]);
        Assert.Equal(Rows.Consent("00ff"), kept.Key);
        Assert.Equal([No], Read<ConsentLedger>(kept.Body).Entries);
        var message = Assert.IsType<Change.Insert>(changes[1]);
        Assert.Equal((new Message(Queues.Consents, "northside", "phone|00ff"), Now), (Outbox.Read(new Row(message.Key, message.Body, "")), Rows.OutboxDue(message.Key)));
    }

    [Fact]
    public async Task A_further_word_replaces_the_ledger_that_was_read()
    {
        await using var clinic = await TestClinic.StartAsync();
        var row = new Row(Rows.Consent("00ff"), RecordJson.Write(ConsentLedger.Empty.With(Yes)), "etag7");

        var change = Assert.IsType<Change.Replace>(ConsentChanges.Of(clinic.Context, "00ff", row, ConsentLedger.Empty.With(Yes).With(No), Now).First());

        Assert.Equal((row.Key, "etag7"), (change.Key, change.ETag));
        Assert.Equal([Yes, No], Read<ConsentLedger>(change.Body).Entries);
    }

    private static T Read<T>(ReadOnlyMemory<byte> body) => RecordJson.Read<T>(new Row("", body, ""));
}
