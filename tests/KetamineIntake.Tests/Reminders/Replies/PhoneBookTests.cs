using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Reminders.Replies;

public class PhoneBookTests
{
    private const string Phone = "+12125550123";

    [Fact]
    public async Task A_number_is_hashed_for_its_clinic_with_a_key_that_stays()
    {
        await using var clinic = await TestClinic.StartAsync();
        var phones = new PhoneBook(clinic.Stores);

        var hash = await phones.HashAsync(clinic.Context, Phone, default);

        var key = RecordJson.Read<PhoneSecret>((await clinic.Stores.Open(Rows.Global).FindAsync(Rows.PhoneKey, default))!).Key;
        Assert.Equal(32, key.Length);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes("northside|+12125550123"))), hash);
        Assert.Equal(hash, await phones.HashAsync(clinic.Context, Phone, default));
        Assert.Equal(hash, await new PhoneBook(clinic.Stores).HashAsync(clinic.Context, Phone, default));
        var south = clinic.Context with { Clinic = clinic.Context.Clinic with { Slug = "southside" } };
        Assert.NotEqual(hash, await phones.HashAsync(south, Phone, default));
    }

    [Fact]
    public async Task Two_processes_that_start_at_once_agree_on_one_key()
    {
        await using var clinic = await TestClinic.StartAsync();
        var other = string.Empty;
        var stores = new MeddlingStores(clinic.Stores);
        stores.BeforeCommit = async _ =>
        {
            stores.BeforeCommit = null;
            other = await new PhoneBook(clinic.Stores).HashAsync(clinic.Context, Phone, default);
            return false;
        };

        Assert.Equal(await new PhoneBook(stores).HashAsync(clinic.Context, Phone, default), other);
        Assert.Empty(stores.Committed);
    }

    [Fact]
    public async Task A_known_key_is_never_written_again()
    {
        await using var clinic = await TestClinic.StartAsync();
        await new PhoneBook(clinic.Stores).HashAsync(clinic.Context, Phone, default);
        var stores = new MeddlingStores(clinic.Stores) { BeforeCommit = _ => throw new InvalidOperationException("No commit is expected.") };

        Assert.NotEmpty(await new PhoneBook(stores).HashAsync(clinic.Context, Phone, default));
    }

    [Fact]
    public async Task Everybody_under_a_number_is_found_and_nobody_else()
    {
        await using var clinic = await TestClinic.StartAsync();
        string[] patients = [.. new[] { RowId.New(), RowId.New() }.Order(StringComparer.Ordinal)];
        await clinic.Context.Records.CommitAsync([.. patients.Select(p => Entry("00aa", p)), Entry("00ab", RowId.New())], default);

        Assert.Equal(patients, await PhoneBook.PatientsAsync(clinic.Context, "00aa", 9, null, default));
        Assert.Equal(patients[..1], await PhoneBook.PatientsAsync(clinic.Context, "00aa", 1, null, default));
        Assert.Equal(patients[1..], await PhoneBook.PatientsAsync(clinic.Context, "00aa", 1, patients[0], default));
        Assert.Empty(await PhoneBook.PatientsAsync(clinic.Context, "00ac", 9, null, default));
    }

    [Fact]
    public async Task A_number_of_which_nothing_was_said_has_an_empty_ledger()
    {
        await using var clinic = await TestClinic.StartAsync();
        Assert.Equal((null, 0), await PhoneBook.LedgerAsync(clinic.Context, "00aa", default) is var (row, ledger) ? (row, ledger.Entries.Count) : default);

        await clinic.Context.Records.CommitAsync([new Change.Upsert(Rows.Consent("00aa"), RecordJson.Write(ConsentLedger.Empty.With(new ConsentEntry(true, clinic.Clock.Now, "reply", null, "+1"))))], default);

        var (kept, said) = await PhoneBook.LedgerAsync(clinic.Context, "00aa", default);
        Assert.Equal((Rows.Consent("00aa"), 1), (kept!.Key, said.Entries.Count));
    }

    private static Change.Upsert Entry(string hash, string patient) => new(Rows.Phone(hash, patient), RecordJson.Write(new PhonePatient(patient)));
}
