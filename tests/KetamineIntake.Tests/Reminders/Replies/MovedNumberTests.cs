using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Replies;

/// <summary>Numbers stored before all writings of a number had one form: nothing that was said about texts to them is lost. The bodies are bytes as they were stored.</summary>
public sealed class MovedNumberTests
{
    private const string New = "+491711234567";
    private const string TrunkZero = "+4901711234567";
    private const string SanMarino = "+378886377";

    private const string Stop = """{"entries":[{"allows":false,"at":"2026-11-10T15:00:00Z","how":"reply","wordsHash":"00","sender":"\u002B12125550199","heardAt":"2026-11-10T15:00:01Z","isTimeKnown":true}]}""";

    [Theory]
    [InlineData(TrunkZero, New)]
    [InlineData(TrunkZero, TrunkZero)]
    [InlineData(TrunkZero, "+49 (0)171 1234567")]
    public async Task A_stop_under_the_old_form_holds_for_every_form(string stored, string asked)
    {
        await using var clinic = await TextingClinic.StartAsync();
        await PutAsync(clinic, Rows.Consent(await OldHashAsync(clinic, stored)), Stop);

        Assert.True((await LedgerAsync(clinic, asked)).IsOptedOut());
        Assert.Null(await clinic.Context.Records.FindAsync(Rows.Consent(await OldHashAsync(clinic, stored)), default));
    }

    [Fact]
    public async Task A_form_with_the_new_form_of_a_stopped_number_gets_no_texts()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await PutAsync(clinic, Rows.Consent(await OldHashAsync(clinic, TrunkZero)), Stop);
        var patient = await clinic.PatientAsync(TestClinic.Kim with { Phone = New, SmsConsent = true });
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(clinic.Clock.Now + Duration.FromDays(20));

        Assert.Empty(clinic.Sender.Texts);
    }

    [Fact]
    public async Task A_patient_stored_under_a_form_that_cannot_be_guessed_is_found_under_the_new_one_and_keeps_the_stop()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var id = await OldPatientAsync(clinic, SanMarino);
        await PutAsync(clinic, Rows.Consent(await OldHashAsync(clinic, SanMarino)), Stop);
        await PutAsync(clinic, Rows.PhonesIndexed, $$"""{"after":"{{id}}","isComplete":true}""");
        await PutAsync(clinic, Rows.Phone(await OldHashAsync(clinic, SanMarino), id), $$"""{"patientId":"{{id}}"}""");
        var normal = PhoneNumber.NormalOf(SanMarino);

        await clinic.ReceiveAsync("Where do I park?", normal);

        Assert.Equal([id], Assert.Single(await clinic.NotesAsync()).PatientIds);
        Assert.True((await LedgerAsync(clinic, normal)).IsOptedOut());
        Assert.Equal(normal, RecordJson.Read<Patient>((await clinic.Context.Records.FindAsync(Rows.Patient(id), default))!).Phone);
        Assert.Empty(await PhoneBook.PatientsAsync(clinic.Context, await OldHashAsync(clinic, SanMarino), 9, null, default));
    }

    [Fact]
    public async Task A_doubt_that_waits_is_still_decided_at_its_time()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var note = RowId.New();
        await PutAsync(clinic, Rows.Consent(await OldHashAsync(clinic, TrunkZero)), $$"""{"entries":[],"doubts":[{"noteId":"{{note}}","at":"2026-11-16T14:00:00Z","decideBy":"2026-11-17T22:00:00Z"}]}""");

        Assert.True((await LedgerAsync(clinic, New)).IsInDoubt());
        await clinic.DeliverAsync(clinic.Clock.Now + Duration.FromDays(2));

        Assert.True((await LedgerAsync(clinic, New)).IsOptedOut());
    }

    [Fact]
    public async Task What_was_said_under_both_forms_is_kept_and_the_later_word_counts()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.Phones.HashAsync(clinic.Context, New, default);
        await PutAsync(clinic, Rows.Consent(await clinic.Phones.HashAsync(clinic.Context, New, default)), Stop.Replace("false", "true", StringComparison.Ordinal).Replace("11-10", "11-12", StringComparison.Ordinal));
        await PutAsync(clinic, Rows.Consent(await OldHashAsync(clinic, TrunkZero)), Stop);

        var ledger = await LedgerAsync(clinic, New);
        Assert.Equal(2, ledger.Entries.Count);
        Assert.False(ledger.IsOptedOut());
        Assert.Equal(2, (await LedgerAsync(clinic, New)).Entries.Count);
    }

    [Fact]
    public async Task More_people_than_one_commit_holds_are_moved()
    {
        await using var clinic = await TextingClinic.StartAsync();
        string[] ids = [.. Enumerable.Range(0, 130).Select(_ => RowId.New()).Order(StringComparer.Ordinal)];
        var old = await OldHashAsync(clinic, TrunkZero);
        foreach (var some in ids.Chunk(65))
        {
            await clinic.Context.Records.CommitAsync([.. some.Select(id => PhoneBook.Entry(old, id))], default);
        }

        var hash = await clinic.Phones.HashAsync(clinic.Context, New, default);
        Assert.Equal(ids, await PhoneBook.PatientsAsync(clinic.Context, hash, 999, null, default));
    }

    private static async Task<ConsentLedger> LedgerAsync(TextingClinic clinic, string phone) =>
        (await PhoneBook.LedgerAsync(clinic.Context, await clinic.Phones.HashAsync(clinic.Context, phone, default), default)).Ledger;

    private static async Task PutAsync(TextingClinic clinic, string key, string body) =>
        Assert.IsType<CommitResult.Committed>(await clinic.Context.Records.CommitAsync([new Change.Upsert(key, Encoding.UTF8.GetBytes(body))], default));

    private static async Task<string> OldPatientAsync(TextingClinic clinic, string phone)
    {
        var id = RowId.New();
        await PutAsync(clinic, Rows.Patient(id), $$"""{"id":"{{id}}","givenName":"Kim","familyName":"Park","birthDate":"1985-04-12","phone":"{{phone}}","language":"en","smsConsent":true,"createdAt":"2026-11-01T15:00:00Z"}""");
        return id;
    }

    /// <summary>As it was made of whatever stood in the record.</summary>
    private static async Task<string> OldHashAsync(TextingClinic clinic, string phone)
    {
        await clinic.Phones.HashAsync(clinic.Context, "+12125550123", default);
        var key = RecordJson.Read<PhoneSecret>((await clinic.Stores.Open(Rows.Global).FindAsync(Rows.PhoneKey, default))!).Key;
        return Convert.ToHexStringLower(HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes($"northside|{phone}")));
    }
}
