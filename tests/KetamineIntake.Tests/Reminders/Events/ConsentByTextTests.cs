using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Staff;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Events;

/// <summary>Who may be texted after STOP and START, in whatever order and to whichever clinic they come.</summary>
public class ConsentByTextTests
{
    private const string Ours = "+12125550199";
    private static readonly Instant Ten = SmallClinic.At("2026-11-16T10:00");

    [Theory]
    [InlineData(0, 5, true)]
    [InlineData(5, 5, true)]
    [InlineData(6, 5, false)]
    [InlineData(null, 5, true)]
    [InlineData(0, null, true)]
    public async Task The_later_word_by_the_patients_clock_decides_and_in_doubt_the_stop(int? start, int? stop, bool isOptedOut)
    {
        await using var clinic = await TextingClinic.StartAsync("2026-11-16T10:01");
        await clinic.PatientAsync();
        await SayAsync(clinic, "STOP", stop);
        clinic.Clock.Advance(Duration.FromMinutes(3));
        await SayAsync(clinic, "START", start);

        Assert.Equal(isOptedOut, (await LedgerAsync(clinic)).IsOptedOut());
    }

    [Fact]
    public async Task A_start_that_was_overtaken_by_a_stop_is_not_answered_as_if_texts_were_on()
    {
        await using var clinic = await TextingClinic.StartAsync("2026-11-16T10:01");
        await clinic.VisitAsync(await clinic.PatientAsync(), "2026-12-01T14:00");
        await SayAsync(clinic, "STOP", 5);
        await SayAsync(clinic, "START", 0);
        await clinic.DeliverAsync(clinic.Clock.Now);

        Assert.Contains("unsubscribed", Assert.Single(clinic.Sender.Texts).Text.Body, StringComparison.Ordinal);
        Assert.Equal("START", Assert.Single(await clinic.NotesAsync(), n => n.Kind == NoteKind.Reply).Words);
    }

    [Fact]
    public async Task The_ledger_keeps_the_patients_time()
    {
        await using var clinic = await TextingClinic.StartAsync("2026-11-16T10:01");
        await clinic.PatientAsync();
        await SayAsync(clinic, "STOP", 5);

        Assert.Equal(Ten + Duration.FromSeconds(5), Assert.Single((await LedgerAsync(clinic)).Entries).At);
    }

    [Fact]
    public async Task A_time_that_has_not_come_yet_is_no_known_time()
    {
        await using var clinic = await TextingClinic.StartAsync("2026-11-16T10:01");
        await clinic.PatientAsync();
        await SayAsync(clinic, "STOP", 5);
        await SayAsync(clinic, "START", 100_000);

        Assert.True((await LedgerAsync(clinic)).IsOptedOut());
    }

    [Fact]
    public async Task Crisis_words_with_a_stop_get_the_crisis_answer_and_end_the_texts()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.PatientAsync();
        await clinic.ReceiveAsync("STOP. I want to die");
        await clinic.DeliverAsync(clinic.Clock.Now);

        Assert.True((await LedgerAsync(clinic)).IsOptedOut());
        Assert.Contains("988", Assert.Single(clinic.Sender.Texts).Text.Body, StringComparison.Ordinal);
        Assert.Equal(NoteKind.Crisis, Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default)).Kind);
    }

    [Fact]
    public async Task A_start_brings_no_texts_to_somebody_who_refused_them_at_intake()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var kim = await clinic.PatientAsync(TestClinic.Kim with { SmsConsent = false });
        var lee = await clinic.PatientAsync(TestClinic.Kim with { GivenName = "Lee", SmsConsent = true });
        await clinic.VisitAsync(kim, "2026-12-01T14:00");
        await clinic.VisitAsync(lee, "2026-12-02T14:00");
        await clinic.ReceiveAsync("STOP");
        clinic.Clock.Advance(Duration.FromMinutes(1));
        await clinic.ReceiveAsync("START");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-10T00:00"));

        Assert.DoesNotContain(await clinic.RemindersAsync(kim), r => r.SentAt is not null);
        Assert.Contains(await clinic.RemindersAsync(lee), r => r.Template == ReminderTemplate.DayBefore && r.SentAt is not null);
    }

    [Fact]
    public async Task A_start_that_turns_nothing_on_is_for_a_person_and_not_answered()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.VisitAsync(await clinic.PatientAsync(TestClinic.Kim with { SmsConsent = false }), "2026-12-01T14:00");
        await clinic.ReceiveAsync("START");
        await clinic.DeliverAsync(clinic.Clock.Now);

        Assert.Empty(clinic.Sender.Texts);
        Assert.Equal("START", Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default), n => n.Kind != NoteKind.Visits).Words);
    }

    [Fact]
    public async Task Only_the_first_stop_is_confirmed()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.PatientAsync();
        await clinic.ReceiveAsync("STOP");
        clinic.Clock.Advance(Duration.FromMinutes(1));
        await clinic.ReceiveAsync("stop it now");
        await clinic.DeliverAsync(clinic.Clock.Now);

        Assert.Single(clinic.Sender.Texts);
    }

    [Theory]
    [InlineData("+18005550100")]
    [InlineData("+18335550100")]
    [InlineData("+18445550100")]
    [InlineData("+18555550100")]
    [InlineData("+18665550100")]
    [InlineData("+18775550100")]
    [InlineData("+18885550100")]
    public async Task The_carrier_of_a_toll_free_number_confirms_by_itself(string tollFree)
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.VisitAsync(await clinic.PatientAsync(), "2026-12-01T14:00");
        await clinic.Events.RunAsync(new SmsEvent.Received("e", TestClinic.Kim.Phone, tollFree, "STOP", clinic.Clock.Now), default);
        await clinic.DeliverAsync(clinic.Clock.Now);

        Assert.True((await LedgerAsync(clinic)).IsOptedOut());
        Assert.DoesNotContain(clinic.Sender.Texts, t => t.Text.Body.Contains("unsubscribed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_phrase_that_opts_out_is_shown_to_staff_in_the_patients_words()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.PatientAsync();
        await clinic.ReceiveAsync("take my name off your list");

        var note = Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default));
        Assert.Equal((NoteKind.OptedOut, "take my name off your list"), (note.Kind, note.Words));
    }

    [Fact]
    public async Task A_strangers_stop_reaches_every_clinic_of_the_number_and_is_confirmed_once()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var other = await AnotherClinicAsync(clinic);
        await clinic.ReceiveAsync("STOP", "+12125550177");
        await clinic.DeliverAsync(clinic.Clock.Now);

        foreach (var each in new[] { clinic.Context, other })
        {
            var hash = await clinic.Phones.HashAsync(each, "+12125550177", default);
            Assert.True((await PhoneBook.LedgerAsync(each, hash, default)).Ledger.IsOptedOut());
        }

        Assert.Single(clinic.Sender.Texts);
    }

    [Fact]
    public async Task A_strangers_crisis_is_raised_at_every_clinic_of_the_number_and_answered_once()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var other = await AnotherClinicAsync(clinic);
        await clinic.ReceiveAsync("I want to die", "+12125550177");
        await clinic.DeliverAsync(clinic.Clock.Now);

        Assert.Equal(NoteKind.Crisis, Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default)).Kind);
        Assert.Equal(NoteKind.Crisis, Assert.Single(await clinic.Notes.ListAsync(other, clinic.Ana, default)).Kind);
        Assert.Single(clinic.Sender.Texts);
    }

    [Fact]
    public async Task A_strangers_crisis_at_a_number_that_no_clinic_claims_is_still_answered_and_raised()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.Events.RunAsync(new SmsEvent.Received("e", "+12125550177", "+12125550155", "I want to die", clinic.Clock.Now), default);
        await clinic.DeliverAsync(clinic.Clock.Now);

        Assert.Contains("988", Assert.Single(clinic.Sender.Texts).Text.Body, StringComparison.Ordinal);
        Assert.Equal(NoteKind.Crisis, Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default)).Kind);
    }

    private static Task SayAsync(TextingClinic clinic, string words, int? seconds) =>
        clinic.Events.RunAsync(
            new SmsEvent.Received(Core.Records.RowId.New(), TestClinic.Kim.Phone, Ours, words, seconds is { } s ? Ten + Duration.FromSeconds(s) : null), default);

    private static async Task<ClinicContext> AnotherClinicAsync(TextingClinic clinic)
    {
        var (added, faults) = await new AddClinic(clinic.Stores, clinic.Context.Protocol, new StaffKeys(clinic.Clock), clinic.Clock)
            .RunAsync(new NewClinic("southside", "Southside Care", "America/New_York", "+12125550166", true, Ours), default);
        Assert.Empty(faults);
        Assert.NotNull(added);
        return (await new ClinicDirectory(clinic.Stores, clinic.Context.Protocol).FindAsync("southside", default))!;
    }

    private static async Task<ConsentLedger> LedgerAsync(TextingClinic clinic)
    {
        var hash = await clinic.Phones.HashAsync(clinic.Context, TestClinic.Kim.Phone, default);
        return (await PhoneBook.LedgerAsync(clinic.Context, hash, default)).Ledger;
    }
}
