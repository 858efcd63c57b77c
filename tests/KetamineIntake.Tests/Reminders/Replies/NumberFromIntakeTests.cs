using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Reminders.Replies;

/// <summary>Who has sent a form is known by their number from then on: name, clinic and language, long before a visit is booked.</summary>
public class NumberFromIntakeTests
{
    [Theory]
    [InlineData("es", "I want to die", "si piensa en hacerse")]
    [InlineData("en", "quisiera morirme", "harming yourself")]
    public async Task Danger_from_a_number_known_only_from_intake_names_the_patient_and_is_answered_in_their_language(string language, string words, string answer)
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var patient = await app.PatientAsync(language: language, consent: false, accepted: false, tested: false);
        await app.ReplyAsync(words);

        var note = Assert.Single(await app.NotesAsync())!;
        Assert.Equal(("crisis", patient), ((string)note["kind"]!, (string)note["patients"]!.AsArray().Single()!));
        Assert.Contains(answer, (string)Assert.Single(await app.InboxAsync())!["body"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quisiera morirme", "si piensa en hacerse")]
    [InlineData("AYUDA", "texto AYUDA al 988")]
    [InlineData("ALTO", "ya no va a recibir mensajes")]
    [InlineData("I want to die", "harming yourself")]
    [InlineData("HELP", "call or text 988")]
    public async Task A_number_that_nobody_knows_is_answered_in_the_language_that_was_heard(string words, string answer)
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        await app.ReplyAsync(words, "+12125550177");

        Assert.Contains(answer, (string)Assert.Single(await app.InboxAsync())!["body"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_not_finished_makes_the_number_known_once_it_makes_a_referral_and_a_corrected_number_replaces_it()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        var risk = new Dictionary<string, Answer?>(StringComparer.Ordinal) { ["asq.1"] = new Answer.Choice("yes") };
        await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, risk, default);
        Assert.Single(await KnownAsync(clinic, TestClinic.Kim.Phone));

        await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim with { Phone = "+12125550124" }, risk, default);

        Assert.Empty(await KnownAsync(clinic, TestClinic.Kim.Phone));
        Assert.Single(await KnownAsync(clinic, "+12125550124"));
    }

    [Fact]
    public async Task Patients_from_before_are_found_once_their_clinics_numbers_are_looked_at_also_when_that_was_stopped_halfway()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var hash = await clinic.Phones.HashAsync(clinic.Context, TestClinic.Kim.Phone, default);
        string[] ids = [.. Enumerable.Range(0, 120).Select(_ => RowId.New()).Order(StringComparer.Ordinal)];
        foreach (var some in ids.Chunk(60))
        {
            await clinic.Context.Records.CommitAsync(
                [.. some.Select(id => new Change.Insert(Rows.Patient(id), RecordJson.Write(TestClinic.Kim.ToPatient(id, clinic.Clock.Now))))], default);
        }

        await clinic.Context.Records.CommitAsync([.. ids.Take(30).Select(id => PhoneBook.Entry(hash, id)), new Change.Upsert(Rows.PhonesIndexed, RecordJson.Write(new IndexedPhones(ids[29], false, 2)))], default);
        await clinic.ReceiveAsync("Where do I park?");

        Assert.Equal(ids, await PhoneBook.PatientsAsync(clinic.Context, hash, 999, null, default));
        Assert.True(RecordJson.Read<IndexedPhones>((await clinic.Context.Records.FindAsync(Rows.PhonesIndexed, default))!).IsComplete);
    }

    private static async Task<IReadOnlyList<string>> KnownAsync(TextingClinic clinic, string phone) =>
        await PhoneBook.PatientsAsync(clinic.Context, await clinic.Phones.HashAsync(clinic.Context, phone, default), 9, null, default);
}
