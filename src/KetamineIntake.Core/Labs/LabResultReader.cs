using System.Text.Json;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Labs;

/// <summary>Results of the contract's JSON, or every fault at once; never both.</summary>
public sealed record LabResultReading(IReadOnlyList<LabResult> Results, IReadOnlyList<FieldFault> Faults);

/// <summary>
/// Reads [{"test","collectedOn","status"?} or {"id","status":"entered-in-error"}]: tests that staff have seen on paper, and stored results, wherever they
/// came from, that staff take back. Unknown members are faults.
/// </summary>
public static class LabResultReader
{
    /// <summary>More in one request is an import, which has its own command.</summary>
    public const int Maximum = 50;

    /// <summary>Every element, or every fault of every element. No two elements may be about the same result: the list has no order in which they could count.</summary>
    /// <param name="root">Whatever was sent, of any kind.</param>
    /// <param name="today">The clinic's day: a later date is refused, one before 1900 too.</param>
    /// <returns>Results in the order of the elements; one to take back has its id and status and nothing else.</returns>
    public static LabResultReading Read(JsonElement root, LocalDate today)
    {
        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() is 0 or > Maximum)
        {
            return new LabResultReading([], [new FieldFault("", $"must be a list of 1 to {Maximum} results, or a FHIR resource")]);
        }

        var faults = new List<FieldFault>();
        var results = new List<LabResult>();
        var index = 0;
        foreach (var item in root.EnumerateArray())
        {
            var pointer = JsonPointer.Append(string.Empty, index++);
            if (item.ValueKind != JsonValueKind.Object)
            {
                faults.Add(new FieldFault(pointer, "must be an object"));
            }
            else if (ReadOne(item, pointer, today, faults) is { } result)
            {
                results.Add(result);
            }
        }

        var repeated = results.GroupBy(r => r.Id, StringComparer.Ordinal).Any(g => g.Count() > 1);
        if (repeated)
        {
            faults.Add(new FieldFault("", "names the same result (test and date, or id) twice"));
        }

        return faults.Count > 0 ? new LabResultReading([], faults) : new LabResultReading(results, []);
    }

    /// <summary>One result as a form sends it, or what is wrong with it in a sentence.</summary>
    public static (LabResult? Result, string? Error) ReadForm(string? test, string? collectedOn, string? status, LocalDate today)
    {
        var (date, dateFault) = ReadDate(collectedOn, today);
        var (stated, statusFault) = ReadStatus(status);
        return TestFault(test) is { } testFault ? (null, $"Test {testFault}.")
            : dateFault is not null ? (null, $"The date of collection {dateFault}.")
            : statusFault is not null ? (null, $"Status {statusFault}.")
            : (Typed(test!, date!.Value, stated!.Value), null);
    }

    /// <summary>The result that a form takes back, or null when it names none.</summary>
    public static LabResult? ReadTakeBackForm(string? id) => RowId.IsValid(id) ? TakeBack(id!) : null;

    /// <summary>A status in the words of the contract and of FHIR.</summary>
    public static string Word(LabResultStatus status) => status == LabResultStatus.EnteredInError ? "entered-in-error" : status.ToString().ToLowerInvariant();

    /// <summary>The result that staff typed; the same test and date make the same id.</summary>
    internal static LabResult Typed(string test, LocalDate collectedOn, LabResultStatus status) =>
        new(LabIds.Of("lab-typed", test, LocalDatePattern.Iso.Format(collectedOn)), collectedOn, status, [test], [], null, false);

    /// <summary>Takes back the stored result of this id, whoever sent it.</summary>
    internal static LabResult TakeBack(string id) => new(id, null, LabResultStatus.EnteredInError, [], [], null, false);

    public static string? TestFault(string? test) =>
        test is not null && LabTests.All.Contains(test, StringComparer.Ordinal) ? null : $"must be one of {string.Join(", ", LabTests.All)}";

    public static (LocalDate? Date, string? Fault) ReadDate(string? text, LocalDate today) =>
        text is null || LocalDatePattern.Iso.Parse(text) is not { Success: true } parsed ? (null, "must be a date, YYYY-MM-DD")
        : parsed.Value > today ? (null, "lies in the future")
        : parsed.Value.Year < 1900 ? (null, "lies before 1900")
        : (parsed.Value, null);

    internal static (LabResultStatus? Status, string? Fault) ReadStatus(string? text) =>
        Fhir.FhirResource.StatusOf(text) is not LabResultStatus.Unknown and var status
            ? (status, null)
            : (null, "must be final, amended, corrected, preliminary, registered, cancelled or entered-in-error");

    private static LabResult? ReadOne(JsonElement item, string pointer, LocalDate today, List<FieldFault> faults)
    {
        var before = faults.Count;
        var members = JsonValues.Members(item, pointer, faults).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        if (members.ContainsKey("id"))
        {
            return ReadTakeBack(members, pointer, faults) && faults.Count == before ? TakeBack(Word(members, "id")!) : null;
        }

        faults.AddRange(members.Keys.Where(name => name is not ("test" or "collectedOn" or "status"))
            .Select(name => new FieldFault(JsonPointer.Append(pointer, name), "is not part of a result")));
        var test = Word(members, "test");
        Note(faults, JsonPointer.Append(pointer, "test"), TestFault(test));
        var (date, dateFault) = ReadDate(Word(members, "collectedOn"), today);
        Note(faults, JsonPointer.Append(pointer, "collectedOn"), dateFault);
        var (status, statusFault) = members.ContainsKey("status") ? ReadStatus(Word(members, "status")) : (LabResultStatus.Final, null);
        Note(faults, JsonPointer.Append(pointer, "status"), statusFault);
        return faults.Count == before ? Typed(test!, date!.Value, status!.Value) : null;
    }

    private static bool ReadTakeBack(Dictionary<string, JsonElement> members, string pointer, List<FieldFault> faults)
    {
        faults.AddRange(members.Keys.Where(name => name is not ("id" or "status"))
            .Select(name => new FieldFault(JsonPointer.Append(pointer, name), "does not stand beside an id: the result has it already")));
        var isId = RowId.IsValid(Word(members, "id"));
        Note(faults, JsonPointer.Append(pointer, "id"), isId ? null : "must be the id of one of the patient's results");
        Note(faults, JsonPointer.Append(pointer, "status"), Word(members, "status") == Word(LabResultStatus.EnteredInError) ? null : "must be entered-in-error beside an id");
        return isId;
    }

    private static void Note(List<FieldFault> faults, string pointer, string? fault)
    {
        if (fault is not null)
        {
            faults.Add(new FieldFault(pointer, fault));
        }
    }

    private static string? Word(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
