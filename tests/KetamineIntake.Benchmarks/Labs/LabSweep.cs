using System.Diagnostics;
using System.Globalization;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using KetamineIntake.Local.Records;
using NodaTime;

namespace KetamineIntake.Benchmarks.Labs;

/// <summary>
/// Issue 5, "It shows" 4: the morning's sweep of 1,000 due patients with 10,000 and with 1,000,000 results stored that are not due. Real SQLite, encrypted, synchronous=FULL.
/// Five mornings each, the first to warm up. Prints a table; look at the ratio, disks differ.
/// </summary>
internal static class LabSweep
{
    private const int Due = 1000;
    private const int ResultsEach = 8;
    private const int Mornings = 5;
    private static readonly LocalDate FirstMorning = new(2026, 12, 1);
    private static readonly string[] Codes = ["24323-8", "58410-2", "11524-6"];

    public static async Task RunAsync()
    {
        Console.WriteLine($"SQLite {SqliteLibrary.Version}\n");
        Console.WriteLine("| results stored, not due | due | flags opened | sweep ms (median of four mornings) | fastest | slowest | reading every result instead, ms |\n|---|---|---|---|---|---|---|");
        var small = await MeasureAsync(10_000);
        var large = await MeasureAsync(1_000_000);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nRatio of the medians: {large / small:0.00} (the issue allows 1.20)"));
    }

    private static async Task<double> MeasureAsync(int stored)
    {
        var directory = Directory.CreateTempSubdirectory("labsweep");
        double median;
        await using (var sqlite = SqliteRecords.OpenFile(Path.Combine(directory.FullName, "records.db")))
        {
            var stores = new EncryptedRecordStores(sqlite, new RecordKeys(RecordKey.New()));
            var clock = new Clock();
            var clinic = await ClinicAsync(stores, clock);
            await SeedAsync(clinic, stored / ResultsEach);
            var times = new List<double>();
            for (var morning = 0; morning < Mornings; morning++)
            {
                times.Add(await SweepAsync(clinic, clock, FirstMorning.PlusDays(morning)));
            }

            var sorted = times.Skip(1).Order().ToArray();
            median = (sorted[1] + sorted[2]) / 2;
            var flags = await CountAsync(clinic.Records, Rows.LabFlagsOpen);
            var scan = Stopwatch.GetTimestamp();
            await CountAsync(clinic.Records, RowRange.StartingWith("lab|"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {stored:#,0} | {Due:#,0} | {flags / Mornings:#,0} | {median:0} | {sorted[0]:0} | {sorted[^1]:0} | {Stopwatch.GetElapsedTime(scan).TotalMilliseconds:0} |"));
        }

        directory.Delete(recursive: true);
        return median;
    }

    private static async Task<double> SweepAsync(ClinicContext clinic, Clock clock, LocalDate day)
    {
        clock.Now = day.At(FlagLabs.Morning).InZoneLeniently(clinic.Zone).ToInstant();
        var from = Stopwatch.GetTimestamp();
        await new SweepLabs(null!, new ReviewLabs(clock), clock).RunAsync(clinic, SweepLabs.Everyone, default);
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }

    private static async Task<ClinicContext> ClinicAsync(IRecordStores stores, IClock clock)
    {
        var protocol = EmbeddedProtocols.Load("iv-ketamine");
        await new AddClinic(stores, protocol, new StaffKeys(clock), clock).RunAsync(
            new NewClinic("northside", "Northside Care", "America/New_York", "+12125550199", true), default);
        var clinic = (await new ClinicDirectory(stores, protocol).FindAsync("northside", default))!;
        await LabBasisRow.WriteAsync(clinic, default);
        return clinic;
    }

    private static async Task SeedAsync(ClinicContext clinic, int patients)
    {
        var changes = new List<Change>();
        var far = FirstMorning.PlusDays(80);
        var commits = new List<Task>();
        foreach (var day in Enumerable.Repeat(far, patients).Concat(Enumerable.Range(0, Mornings).SelectMany(m => Enumerable.Repeat(FirstMorning.PlusDays(m), Due))))
        {
            changes.AddRange(Patient(day));
            if (changes.Count > Changes.Maximum - 13)
            {
                commits.Add(clinic.Records.CommitAsync([.. changes], default));
                changes.Clear();
            }

            if (commits.Count == 64)
            {
                await Task.WhenAll(commits);
                commits.Clear();
            }
        }

        await Task.WhenAll(commits);
        await (changes.Count > 0 ? clinic.Records.CommitAsync(changes, default) : Task.CompletedTask);
    }

    // An accepted patient with eight results, whose newest turns too old on the given day.
    private static IEnumerable<Change> Patient(LocalDate turnsOn)
    {
        var (patient, referral, screening) = (RowId.New(), RowId.New(), RowId.New());
        var at = Instant.FromUtc(2026, 11, 1, 12, 0);
        var born = new LocalDate(1985, 4, 12);
        yield return Insert(Rows.Patient(patient), new Patient(patient, "Kim", "Park", born, "+12125550123", null, null, "en", true, at));
        yield return Insert(Rows.Screening(patient, screening), new StoredScreening(
            screening, patient, referral, true, at, turnsOn, born, "q|1", "1", "h", "1", "h", AnswerSet.Empty, new ScreeningResult(Outcome.Eligible, Urgency.None, [], [], [])));
        yield return Insert(Rows.Referral(referral), new Referral(referral, patient, screening, ReferralStatus.Accepted, Outcome.Eligible, Urgency.None, true, at, []));
        for (var i = 0; i < ResultsEach; i++)
        {
            var collected = turnsOn.PlusDays(-1).PlusMonths(-3).PlusDays(-7 * i);
            var id = RowId.New();
            var result = new LabResult(id, collected, LabResultStatus.Final, Codes, [new LabValue("98979-8", null, 88, null, "mL/min", null, null, null)], null, true);
            yield return Insert(Rows.Lab(patient, id), LabRecord.First(patient, result, at));
        }

        yield return Insert(Rows.LabLedger(patient), new LabLedger(patient, turnsOn, [], []));
        yield return new Change.Insert(Rows.Recheck(turnsOn, patient), ReadOnlyMemory<byte>.Empty);
    }

    private static async Task<int> CountAsync(IRecordStore records, RowRange range)
    {
        var count = 0;
        await foreach (var row in records.ListAsync(range, default))
        {
            count += row.Body.IsEmpty ? 0 : 1;
        }

        return count;
    }

    private static Change.Insert Insert<T>(string key, T value) => new(key, RecordJson.Write(value));

    private sealed class Clock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 11, 1, 12, 0);

        public Instant GetCurrentInstant() => Now;
    }
}
