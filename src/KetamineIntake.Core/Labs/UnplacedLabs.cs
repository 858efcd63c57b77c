using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Results that could not be placed: kept once, listed for staff, and matched or put aside by a person.</summary>
public sealed class UnplacedLabs(AddLabResults add, IClock clock)
{
    private const int Attempts = 5;

    /// <summary>All that wait in a clinic, each patient's together.</summary>
    public async Task<IReadOnlyList<UnplacedLab>> ListAsync(ClinicContext clinic, StaffMember by, CancellationToken cancellation)
    {
        await Audit.ReadAsync(clinic.Records, new AuditEntry(clock.GetCurrentInstant(), by.Id, "unplaced-labs.list", "labunplaced"), cancellation);
        var waiting = new List<UnplacedLab>();
        await foreach (var row in clinic.Records.ListAsync(Rows.UnplacedLabs, cancellation))
        {
            waiting.Add(RecordJson.Read<UnplacedLab>(row));
        }

        return waiting;
    }

    /// <summary>Stores it as what a person says it is, and then closes it: who is killed in between finds it waiting once more, and saying the same again changes nothing.</summary>
    /// <param name="test">One of <see cref="LabTests"/>; null where the result says itself what it is of.</param>
    /// <param name="collectedOn">Not in the future.</param>
    public async Task<PlaceLabOutcome> MatchAsync(
        ClinicContext clinic, string patientId, string id, string? test, LocalDate collectedOn, StaffMember by, CancellationToken cancellation)
    {
        if (await FindAsync(clinic, patientId, id, cancellation) is not var (_, waiting))
        {
            return new PlaceLabOutcome.NotFound();
        }

        var result = waiting.What.Result;
        if (result is null == test is null)
        {
            return new PlaceLabOutcome.Refused("test", result is null ? "is needed: the result does not say what it is of" : "is said by the result itself");
        }

        if (waiting.What.IssuedAt is { } issued && collectedOn > clinic.DayAt(issued))
        {
            return new PlaceLabOutcome.Refused("collectedOn", "lies after the day on which the result was issued");
        }

        var placed = result is null ? LabResultReader.Typed(test!, collectedOn, LabResultStatus.Final) : result with { CollectedOn = collectedOn };
        return await add.RunAsync(clinic, patientId, [placed], by.Id, cancellation) is AddLabResultsOutcome.Added
            ? await CloseAsync(clinic, patientId, id, "match", by, cancellation)
            : new PlaceLabOutcome.Refused("", "goes by the identifier or id of another result of this patient");
    }

    /// <summary>Nothing of it is to be stored, or somebody has seen to it another way.</summary>
    public Task<PlaceLabOutcome> DismissAsync(ClinicContext clinic, string patientId, string id, StaffMember by, CancellationToken cancellation) =>
        CloseAsync(clinic, patientId, id, "dismiss", by, cancellation);

    /// <summary>Those that have never come before, whether they wait or were dealt with.</summary>
    internal static async Task<IReadOnlyList<UnplacedLab>> NewAsync(
        IRecordStore records, LabCase patient, IReadOnlyList<UnplacedResult> results, Instant now, CancellationToken cancellation)
    {
        var waiting = patient.Unplaced.Select(u => u.What.Id).ToHashSet(StringComparer.Ordinal);
        var fresh = new List<UnplacedLab>();
        foreach (var result in results.Where(r => waiting.Add(r.Id)))
        {
            if (await records.FindAsync(Rows.PlacedLab(patient.Patient.Id, result.Id), cancellation) is null)
            {
                fresh.Add(new UnplacedLab(patient.Patient.Id, LabFlagRows.NameOf(patient.Patient), result, now));
            }
        }

        return fresh;
    }

    /// <summary>Their rows, and one note where staff have to hear of any.</summary>
    internal static IEnumerable<Change> Inserts(IReadOnlyList<UnplacedLab> fresh, Patient patient, Instant now)
    {
        var told = fresh.Where(u => u.What.IsToBeTold).Select(u => u.What.Reason).Distinct().Order().Select(Words).ToList();
        var rows = fresh.Select(Change (u) => new Change.Insert(Rows.UnplacedLab(u.PatientId, u.What.Id), RecordJson.Write(u)));
        return told.Count == 0 ? rows : rows.Append(new StaffNote(
            RowId.New(), NoteKind.Labs, now, patient.Phone, [patient.Id], $"{string.Join(" ", told)} Please match it under the patient's lab tests.").Insert());
    }

    private static string Words(UnplacedReason reason) => reason switch
    {
        UnplacedReason.NoDate => "A laboratory result came without the day of its collection and counts for nothing until somebody confirms one.",
        UnplacedReason.NoOriginal => "A laboratory corrected a result, and not exactly one stored result goes by its names: what it corrects may be wrong and still counts.",
        UnplacedReason.NoCode => "A laboratory result came without a code that we know.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private async Task<PlaceLabOutcome> CloseAsync(ClinicContext clinic, string patientId, string id, string decision, StaffMember by, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await FindAsync(clinic, patientId, id, cancellation) is not var (row, waiting))
            {
                return new PlaceLabOutcome.NotFound();
            }

            var now = clock.GetCurrentInstant();
            var closed = Rows.PlacedLab(patientId, id);
            var body = RecordJson.Write(waiting with { Decision = decision, By = by.Id, DecidedAt = now });
            Change[] changes = [new Change.Delete(row.Key, row.ETag), new Change.Upsert(closed, body), new AuditEntry(now, by.Id, "unplaced-lab." + decision, closed).ToChange()];
            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                return new PlaceLabOutcome.Placed();
            }
        }

        throw new RecordStoreException("A result that waits was changed by others at the same time, again and again.");
    }

    private static async Task<(Row Row, UnplacedLab Waiting)?> FindAsync(ClinicContext clinic, string patientId, string id, CancellationToken cancellation) =>
        RowId.IsValid(patientId) && RowId.IsValid(id) && await clinic.Records.FindAsync(Rows.UnplacedLab(patientId, id), cancellation) is { } row
            ? (row, RecordJson.Read<UnplacedLab>(row))
            : null;
}

/// <summary>What became of a result that a person dealt with.</summary>
public abstract record PlaceLabOutcome
{
    private PlaceLabOutcome()
    {
    }

    public sealed record Placed : PlaceLabOutcome;

    /// <summary>No such result waits.</summary>
    public sealed record NotFound : PlaceLabOutcome;

    /// <param name="Member">Of what was asked for, the one to blame; empty for none.</param>
    public sealed record Refused(string Member, string Detail) : PlaceLabOutcome;
}
