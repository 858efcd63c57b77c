using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Preparation;

public class PreparationLinkTests
{
    private static readonly Duration Second = Duration.FromSeconds(1);

    [Theory]
    [InlineData("en", SmsLanguage.English)]
    [InlineData("es-MX", SmsLanguage.Spanish)]
    public async Task A_link_is_found_in_the_patients_language(string language, SmsLanguage expected)
    {
        await using var clinic = await PreparedClinic.StartAsync(details: TestClinic.Kim with { Language = language });
        await clinic.VisitAsync("2026-12-01T14:00");

        Assert.Equal(expected, (await clinic.Pages.FindAsync(clinic.Context, PreparedClinic.Token, default))!.Language);
        Assert.Equal("northside", await clinic.Pages.OwnerAsync(PreparedClinic.Token, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("BBBBBBBBBBBBBBBBBBBBBB")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA7A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAa7")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA|")]
    public async Task An_unknown_token_opens_nothing(string token)
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");

        Assert.Null(await clinic.Pages.OwnerAsync(token, default));
        await AssertNothingAsync(clinic, clinic.Context, token);
    }

    [Fact]
    public async Task A_token_that_is_none_is_not_even_asked_for()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.LinkAsync("short", clinic.Patient);
        await clinic.VisitAsync("2026-12-01T14:00", token: "short");

        Assert.Null(await clinic.Pages.OwnerAsync("short", default));
        await AssertNothingAsync(clinic, clinic.Context, "short");
    }

    [Fact]
    public async Task A_token_of_another_clinic_opens_nothing()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        Assert.Empty((await clinic.Clinic.Clinics.RunAsync(new NewClinic("southside", "Southside Care", "America/New_York", "+12125550188", true), default)).Faults);

        await AssertNothingAsync(clinic, (await clinic.Clinic.Directory.FindAsync("southside", default))!, PreparedClinic.Token);
        Assert.Equal(0, (await clinic.StoredLinkAsync()).WrongTries);
    }

    [Fact]
    public async Task A_link_without_visits_or_without_its_patient_opens_nothing()
    {
        const string orphan = "BBBBBBBBBBBBBBBBBBBBBB";
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00", token: orphan);
        await AssertNothingAsync(clinic, clinic.Context, PreparedClinic.Token);

        await clinic.LinkAsync(orphan, RowId.New());
        await AssertNothingAsync(clinic, clinic.Context, orphan);
    }

    [Fact]
    public async Task The_page_is_open_until_72_hours_after_its_last_visit_began()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-03T14:00", id: new string('0', 26));
        await clinic.VisitAsync("2026-12-01T14:00", id: new string('z', 26));
        await clinic.VisitAsync("2026-12-20T14:00", token: "BBBBBBBBBBBBBBBBBBBBBB");
        clinic.Clinic.Clock.Now = SmallClinic.At("2026-12-06T14:00") - Second;

        Assert.NotNull(await clinic.Pages.FindAsync(clinic.Context, PreparedClinic.Token, default));
        Assert.Equal(UnlockResult.Opened, await clinic.UnlockAsync(PreparedClinic.BirthDate));
        Assert.True(await clinic.TickAsync("ride"));

        clinic.At("2026-12-06T14:00");
        await AssertNothingAsync(clinic, clinic.Context, PreparedClinic.Token);
        Assert.Equal("northside", await clinic.Pages.OwnerAsync(PreparedClinic.Token, default));
    }

    [Fact]
    public async Task The_right_date_of_birth_opens_the_page_each_time_and_is_accounted_for()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");

        Assert.Equal(UnlockResult.Opened, await clinic.UnlockAsync(PreparedClinic.BirthDate));
        Assert.Equal([new AuditEntry(clinic.Clinic.Clock.Now, "patient", "preparation.open", Rows.Patient(clinic.Patient))], await clinic.OpeningsAsync());

        Assert.Equal(UnlockResult.Opened, await clinic.UnlockAsync(PreparedClinic.BirthDate));
        Assert.Equal(2, (await clinic.OpeningsAsync()).Count);
        Assert.Equal(0, (await clinic.StoredLinkAsync()).WrongTries);
    }

    [Fact]
    public async Task What_cannot_be_read_as_a_date_is_no_try()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        for (var tries = 0; tries < PreparationPages.MostWrongTries + 1; tries++)
        {
            Assert.Equal(UnlockResult.Unreadable, await clinic.UnlockAsync(null));
        }

        Assert.Equal(0, (await clinic.StoredLinkAsync()).WrongTries);
        Assert.Equal(UnlockResult.Opened, await clinic.UnlockAsync(PreparedClinic.BirthDate));
    }

    [Fact]
    public async Task Nine_wrong_dates_are_forgiven_and_the_tenth_locks_the_page_for_good()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        Assert.Equal(UnlockResult.Wrong, await clinic.UnlockAsync(PreparedClinic.BirthDate.PlusDays(2)));
        for (var tries = 2; tries <= 9; tries++)
        {
            Assert.Equal(UnlockResult.Wrong, await clinic.UnlockAsync(PreparedClinic.BirthDate.PlusDays(1)));
            Assert.Equal(tries, (await clinic.StoredLinkAsync()).WrongTries);
        }

        Assert.Equal(UnlockResult.Opened, await clinic.UnlockAsync(PreparedClinic.BirthDate));
        Assert.Empty(await clinic.NotesAsync());

        Assert.Equal(UnlockResult.Locked, await clinic.UnlockAsync(PreparedClinic.BirthDate.PlusYears(1)));
        Assert.Equal(UnlockResult.Locked, await clinic.UnlockAsync(PreparedClinic.BirthDate.PlusYears(1)));
        Assert.Equal(UnlockResult.Locked, await clinic.UnlockAsync(PreparedClinic.BirthDate));
        Assert.Equal(10, (await clinic.StoredLinkAsync()).WrongTries);
        Assert.Single(await clinic.OpeningsAsync());
    }

    [Fact]
    public async Task The_clinic_is_told_once_whose_page_was_locked()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        for (var tries = 0; tries < PreparationPages.MostWrongTries + 2; tries++)
        {
            await clinic.UnlockAsync(PreparedClinic.BirthDate.PlusDays(2));
        }

        var note = Assert.Single(await clinic.NotesAsync());
        Assert.Equal((Core.Reminders.Replies.NoteKind.Visits, clinic.Clinic.Clock.Now, TestClinic.Kim.Phone), (note.Kind, note.At, note.Phone));
        Assert.Equal([clinic.Patient], note.PatientIds);
        Assert.Equal("The preparation page was locked after ten wrong dates of birth. Please call the patient, and make a new link on the page of their visits.", note.Words);
    }

    [Fact]
    public async Task A_wrong_try_at_the_same_moment_as_another_counts_too()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        var meddled = clinic.Meddled(() => clinic.UnlockAsync(PreparedClinic.BirthDate.PlusDays(2)));

        Assert.Equal(UnlockResult.Wrong, await clinic.Pages.UnlockAsync(meddled, PreparedClinic.Token, PreparedClinic.BirthDate.PlusDays(2), default));

        Assert.Equal(2, (await clinic.StoredLinkAsync()).WrongTries);
    }

    [Fact]
    public async Task Whoever_tries_many_dates_at_once_has_only_ten_of_them()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        var meddled = clinic.Meddled(async () =>
        {
            for (var tries = 0; tries < PreparationPages.MostWrongTries; tries++)
            {
                await clinic.UnlockAsync(PreparedClinic.BirthDate.PlusDays(2));
            }
        });

        Assert.Equal(UnlockResult.Locked, await clinic.Pages.UnlockAsync(meddled, PreparedClinic.Token, PreparedClinic.BirthDate, default));

        Assert.Empty(await clinic.OpeningsAsync());
        Assert.Equal(10, (await clinic.StoredLinkAsync()).WrongTries);
        Assert.Single(await clinic.NotesAsync());
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(20, false)]
    public async Task A_page_that_others_keep_changing_tells_that_nothing_was_done(int times, bool succeeds)
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        Task Tick() => clinic.TickAsync("ride");

        Task<UnlockResult> UnlockAsync() => clinic.Pages.UnlockAsync(clinic.Meddled(Tick, times), PreparedClinic.Token, PreparedClinic.BirthDate, default);
        Task<TickResult> TickAsync() => clinic.Pages.TickAsync(clinic.Meddled(Tick, times), PreparedClinic.Token, ["pack"], default);
        if (succeeds)
        {
            Assert.Equal(UnlockResult.Opened, await UnlockAsync());
            Assert.Equal(TickResult.Saved, await TickAsync());
            return;
        }

        Assert.Equal("A preparation page kept meeting changes of others.", (await Assert.ThrowsAsync<RecordStoreException>(UnlockAsync)).Message);
        Assert.Equal(TickResult.NotSaved, await TickAsync());
        Assert.Empty(await clinic.OpeningsAsync());
    }

    private static async Task AssertNothingAsync(PreparedClinic clinic, ClinicContext context, string token)
    {
        Assert.Null(await clinic.Pages.FindAsync(context, token, default));
        Assert.Null(await clinic.Pages.ViewAsync(context, token, default));
        Assert.Equal(UnlockResult.Expired, await clinic.Pages.UnlockAsync(context, token, PreparedClinic.BirthDate, default));
        Assert.Equal(UnlockResult.Expired, await clinic.Pages.UnlockAsync(context, token, null, default));
        Assert.Equal(TickResult.Expired, await clinic.Pages.TickAsync(context, token, ["ride"], default));
    }
}
