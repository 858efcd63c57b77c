using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Reminders;

/// <summary>What somebody with a booked visit tells in a second form must not lie unread beside the texts of the first.</summary>
public class FilledInAgainTests
{
    private static readonly AnswerSet OnInsulin = TestClinic.Answers(("endo.diabetes", "yes"), ("endo.diabetes.insulin", "yes"), ("med.classes", new Answer.Choices(["insulin"])));
    private static readonly AnswerSet InDanger = TestClinic.Answers(("asq.1", "yes"));

    [Fact]
    public async Task Insulin_told_in_a_second_form_is_a_note_that_names_both_records_and_the_visit()
    {
        await using var clinic = await BookedAsync();
        var second = await clinic.PatientAsync(accepted: false, answers: OnInsulin);

        var note = Assert.Single(await clinic.NotesAsync());
        Assert.Equal(NoteKind.Visits, note.Kind);
        Assert.Equal(2, note.PatientIds.Count);
        Assert.Equal(second, note.PatientIds[1]);
        Assert.Contains("call first", note.Words, StringComparison.Ordinal);
        Assert.Contains("2026-12-07 09:00", note.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Danger_told_in_a_second_form_that_is_not_finished_is_a_note_once()
    {
        await using var clinic = await BookedAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        for (var i = 0; i < 2; i++)
        {
            await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, new Dictionary<string, Answer?>(StringComparer.Ordinal) { ["asq.1"] = new Answer.Choice("yes") }, default);
        }

        var note = Assert.Single(await clinic.NotesAsync());
        Assert.Contains("urgency imminent (was none)", note.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("questions are open", note.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the same answers")]
    [InlineData("another birth date and name")]
    [InlineData("another number")]
    [InlineData("nothing is booked")]
    public async Task Nobody_is_told_of(string what)
    {
        await using var clinic = await BookedAsync(book: what != "nothing is booked");
        var details = what switch
        {
            "another birth date and name" => TestClinic.Kim with { SmsConsent = true, GivenName = "Lee", BirthDate = TestClinic.Kim.BirthDate.PlusDays(1) },
            "another number" => TestClinic.Kim with { Phone = "+12125550177" },
            _ => TestClinic.Kim with { SmsConsent = true },
        };
        await clinic.PatientAsync(details, accepted: false, answers: what == "the same answers" ? null : InDanger);

        Assert.Empty(await clinic.NotesAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_earlier_or_later_form_says_is_told_when_the_better_one_is_booked(bool isWorseFirst)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var worse = isWorseFirst ? await clinic.PatientAsync(accepted: false, answers: OnInsulin) : null;
        var booked = await clinic.PatientAsync();
        worse ??= await clinic.PatientAsync(accepted: false, answers: OnInsulin);
        Assert.Empty(await clinic.NotesAsync());

        await clinic.VisitAsync(booked, "2026-12-07T09:00");

        var note = Assert.Single(await clinic.NotesAsync());
        Assert.Equal([booked, worse], note.PatientIds);
        Assert.Contains("call first", note.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_that_the_second_form_does_not_agree_to_are_told()
    {
        await using var clinic = await BookedAsync();
        await clinic.PatientAsync(TestClinic.Kim with { SmsConsent = false }, accepted: false);

        Assert.Contains("does not agree to texts", Assert.Single(await clinic.NotesAsync()).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_was_stored_before_there_was_an_index_is_compared_too(bool isBookedBefore)
    {
        await using var clinic = await BookedAsync(book: isBookedBefore);
        var first = Assert.Single(await PatientIds.AllAsync(clinic.Context.Records, default));
        if (!isBookedBefore)
        {
            await clinic.PatientAsync(accepted: false, answers: InDanger);
        }

        // As a folder from before lies there: no row by which a number is found, and none that says how far they were written.
        var known = await clinic.Phones.HashAsync(clinic.Context, TestClinic.Kim.Phone, default);
        await foreach (var row in clinic.Context.Records.ListAsync(Rows.PatientsOfPhone(known), default))
        {
            await clinic.Context.Records.CommitAsync([new Change.Delete(row.Key, row.ETag)], default);
        }

        if (await clinic.Context.Records.FindAsync(Rows.PhonesIndexed, default) is { } progress)
        {
            await clinic.Context.Records.CommitAsync([new Change.Delete(progress.Key, progress.ETag)], default);
        }

        var restarted = clinic.Restarted();
        if (isBookedBefore)
        {
            await restarted.PatientAsync(accepted: false, answers: InDanger);
        }
        else
        {
            await restarted.VisitAsync(first, "2026-12-07T09:00");
        }

        Assert.Contains("urgency imminent (was none)", Assert.Single(await restarted.NotesAsync()).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_in_the_birth_date_hides_nothing()
    {
        await using var clinic = await BookedAsync();
        await clinic.PatientAsync(TestClinic.Kim with { BirthDate = TestClinic.Kim.BirthDate.PlusYears(1) }, accepted: false, answers: InDanger);

        Assert.Single(await clinic.NotesAsync());
    }

    private static async Task<TextingClinic> BookedAsync(bool book = true)
    {
        var clinic = await TextingClinic.StartAsync();
        var first = await clinic.PatientAsync();
        if (book)
        {
            await clinic.VisitAsync(first, "2026-12-07T09:00");
        }

        return clinic;
    }
}
