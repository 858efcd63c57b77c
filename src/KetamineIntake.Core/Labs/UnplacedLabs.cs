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

    public const int MaximumLimit = 200;

    /// <summary>A page of those that wait in a clinic, each patient's together.</summary>
    /// <param name="limit">1 to <see cref="MaximumLimit"/>.</param>
    /// <param name="after"><see cref="UnplacedLabPage.Next"/> of the page before; null for the first.</param>
    /// <exception cref="ArgumentException">The cursor is none.</exception>
    public async Task<UnplacedLabPage> PageAsync(ClinicContext clinic, int limit, string? after, StaffMember by, CancellationToken cancellation)
    {
        var range = after is null ? Rows.UnplacedLabs : Rows.UnplacedLabs.After(RowCursor.TryParse(after, Rows.UnplacedLabs) ?? throw new ArgumentException("Not a cursor.", nameof(after)));
        await Audit.ReadAsync(clinic.Records, new AuditEntry(clock.GetCurrentInstant(), by.Id, "unplaced-labs.list", "labunplaced"), cancellation);
        var waiting = new List<UnplacedLab>();
        string? last = null;
        await foreach (var row in clinic.Records.ListAsync(range, cancellation))
        {
            if (waiting.Count == limit)
            {
                return new UnplacedLabPage(waiting, RowCursor.Of(last!));
            }

            waiting.Add(RecordJson.Read<UnplacedLab>(row));
            last = row.Key;
        }

        return new UnplacedLabPage(waiting, null);
    }

    /// <summary>Stores it as what a person says it is, and then closes it: who is killed in between finds it waiting once more, and saying the same again changes nothing.</summary>
    /// <param name="test">One of <see cref="LabTests"/> or <see cref="LabNames.Kinds"/>; null where the result says itself what it is of.</param>
    /// <param name="collectedOn">Not in the future.</param>
    public async Task<PlaceLabOutcome> MatchAsync(
        ClinicContext clinic, string patientId, string id, string? test, LocalDate collectedOn, StaffMember by, CancellationToken cancellation)
    {
        if (await FindAsync(clinic, patientId, id, cancellation) is not var (_, waiting))
        {
            return new PlaceLabOutcome.NotFound();
        }

        if (Fault(waiting.What, test) is { } fault)
        {
            return fault;
        }

        if (waiting.What.IssuedAt is { } issued && collectedOn > clinic.DayAt(issued))
        {
            return new PlaceLabOutcome.Refused("collectedOn", "lies after the day on which the result was issued");
        }

        var placed = waiting.What.Result is { } result ? result with { CollectedOn = collectedOn } : waiting.What.As(test!, collectedOn);
        return await add.RunAsync(clinic, patientId, [placed], by.Id, cancellation, placing: id) switch
        {
            AddLabResultsOutcome.Added => await CloseAsync(clinic, patientId, id, "match", by, cancellation),
            AddLabResultsOutcome.NameTaken => new PlaceLabOutcome.Refused("", "goes by the identifier or id of another result of this patient"),
            AddLabResultsOutcome.TooMany many => new PlaceLabOutcome.Refused("", $"changes more than {many.Maximum} results of this patient: look at what goes by its names first"),
            AddLabResultsOutcome.NothingToTakeBack => new PlaceLabOutcome.Refused("", "takes back what is not stored"),
            _ => new PlaceLabOutcome.NotFound(),
        };
    }

    /// <summary>Why a word is nothing that a result can be of; null when it is.</summary>
    public static string? TestFault(string? test) =>
        test is not null && LabNames.Kinds.Contains(test, StringComparer.Ordinal) ? null
        : LabResultReader.TestFault(test) is { } fault ? $"{fault}, or one of {string.Join(", ", LabNames.Kinds)}"
        : null;

    private static PlaceLabOutcome.Refused? Fault(UnplacedResult what, string? test)
    {
        if (what.Reason == UnplacedReason.NoOriginal || what is { Reason: UnplacedReason.AnotherPerson, Sent.IsLater: true })
        {
            // Stored beside what it corrects it would make the wrong one look right.
            return new PlaceLabOutcome.Refused("decision", "corrects something that is not known here, so it cannot be stored as it is: take back what it corrects, add what holds, and then put this aside");
        }

        if (what.Result is null == test is null)
        {
            return new PlaceLabOutcome.Refused("test", what.Result is null ? "is needed: the result does not say what it is of" : "is said by the result itself");
        }

        var kind = LabKinds.All.FirstOrDefault(k => k.Name == test);
        var hasValue = what.Sent is { Values.Count: > 0 };
        if (kind is not null && (what.Sent is null || (kind.IsMeasured && !hasValue)))
        {
            return new PlaceLabOutcome.Refused("test", "is a quantity, and the result has no value that could be read as one");
        }

        // A whole test is valid without its value being looked at, and a panel has none of its own.
        if (test is null || what.Values.Count == 0 || kind is { IsPanel: false })
        {
            return null;
        }

        var named = LabKinds.NamedIn(what.Words).FirstOrDefault(k => !k.IsPanel);
        return new PlaceLabOutcome.Refused(
            "test", !hasValue ? "leaves what it carries unread: add each of its values as a result of its own, and then put this aside"
                : named is null ? "leaves its value unread: say what was measured, or add what you have seen as a result and then put this aside"
                : $"leaves its value unread: its words name the {named.Name}, so say that, or what else was measured");
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

    /// <summary>What closes those that need nobody.</summary>
    internal static async Task<IReadOnlyList<Change>> ClosingsAsync(IRecordStore records, IEnumerable<SettledLab> settled, string by, Instant now, CancellationToken cancellation)
    {
        var changes = new List<Change>();
        foreach (var one in settled)
        {
            var row = await records.FindAsync(Rows.UnplacedLab(one.Waiting.PatientId, one.Waiting.What.Id), cancellation);

            // One that waited and does so no more was just dealt with by somebody, whose decision stands.
            if (row is not null || one.IsEarly)
            {
                changes.AddRange(one.Closing(row, by, now));
            }
        }

        return changes;
    }

    /// <summary>Their rows, and one note where staff have to hear of any.</summary>
    internal static IEnumerable<Change> Inserts(IReadOnlyList<UnplacedLab> fresh, Patient patient, Instant now)
    {
        var told = fresh.Where(u => u.What.IsToBeTold).Select(u => u.What.Reason).Distinct().Order().Select(Words).ToList();
        var rows = fresh.Select(Change (u) => new Change.Insert(Rows.UnplacedLab(u.PatientId, u.What.Id), RecordJson.Write(u)));
        return told.Count == 0 ? rows : rows.Append(new StaffNote(
            RowId.New(), NoteKind.Labs, now, patient.Phone, [patient.Id], $"{string.Join(" ", told)} Please see to it under the patient's lab tests.").Insert());
    }

    private static string Words(UnplacedReason reason) => reason switch
    {
        UnplacedReason.NoDate => "A laboratory result came without the day of its collection and counts for nothing until somebody confirms one.",
        UnplacedReason.NoOriginal => "A laboratory corrected a result, and not exactly one stored result goes by its names: what it corrects may be wrong and still counts.",
        UnplacedReason.NoCode => "A laboratory result came without a code that we know, and its words name a test that is looked at here: no rule looks at its value until somebody says what it is. It may need action now.",
        UnplacedReason.AnotherPerson => "A laboratory result came under this patient and names somebody else: it satisfies no test until somebody says whose it is. It may be this patient's, so its values may need action now.",
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
            // What it raised while it waited, it raises no more.
            Change[] changes = [.. new SettledLab(waiting, decision).Closing(row, by.Id, now), ReviewLabs.Request(clinic.Clinic.Slug, patientId, now)];
            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                return new PlaceLabOutcome.Placed();
            }
        }

        throw RecordStoreException.Contended("A result that waits was changed by others at the same time, again and again.");
    }

    private static async Task<(Row Row, UnplacedLab Waiting)?> FindAsync(ClinicContext clinic, string patientId, string id, CancellationToken cancellation) =>
        RowId.IsValid(patientId) && RowId.IsValid(id) && await clinic.Records.FindAsync(Rows.UnplacedLab(patientId, id), cancellation) is { } row
            ? (row, RecordJson.Read<UnplacedLab>(row))
            : null;
}

/// <param name="Next">Where the next page goes on; null when this was the last.</param>
public sealed record UnplacedLabPage(IReadOnlyList<UnplacedLab> Items, string? Next);

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
