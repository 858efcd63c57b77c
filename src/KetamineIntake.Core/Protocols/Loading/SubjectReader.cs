using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>What a condition looks at, and which operators make sense there.</summary>
/// <param name="Codes">Codes it can have; null when it has none.</param>
/// <param name="Several">It holds several codes at once.</param>
/// <param name="Numbers">Numbers it can have; null when it has none.</param>
/// <param name="CanBeAbsent">Nobody need give it: its conditions are then false, which makes "not" unsafe.</param>
internal sealed record SubjectShape(
    Subject Subject,
    IReadOnlyList<string>? Codes = null,
    bool Several = false,
    NumberRange? Numbers = null,
    bool IsDate = false,
    bool IsItem = false,
    bool IsText = false,
    bool CanBeAbsent = false);

/// <summary>Reads the subject of a condition.</summary>
internal sealed class SubjectReader(Vocabulary vocabulary, Stage stage)
{
    private static readonly string[] Weighed = [DerivedValues.Weight, DerivedValues.Height];

    public static readonly string[] Keys = ["item", "scale", "lab", "reading", "derived"];

    /// <summary>The subject, or null after a fault.</summary>
    public SubjectShape? Read(string key, Node node)
    {
        var name = node.Text();
        var shape = key switch
        {
            "item" => Item(name),
            "scale" => Scale(name),
            "lab" => Measured(name, vocabulary.Labs, new Subject.Lab(name)),
            "reading" => Measured(name, vocabulary.Readings, new Subject.Reading(name)),
            _ => Derived(name),
        };
        if (shape is null && name.Length > 0)
        {
            node.Fault($"There is no {key} \"{name}\" that a rule could look at.");
        }

        CheckStage(key, node);
        return shape;
    }

    private void CheckStage(string key, Node node)
    {
        if ((key == "lab" && stage == Stage.Intake) || (key == "reading" && stage != Stage.DayOf))
        {
            node.Fault($"A {key} is never known at this rule's stage: the rule could not fire.");
        }
    }

    // Half a ton on 90 cm is the most that can be reported.
    private SubjectShape? Derived(string name) => name switch
    {
        DerivedValues.Age => new SubjectShape(new Subject.Derived(name), Numbers: new NumberRange(0, 130)),
        DerivedValues.BodyMassIndex when Weighed.All(i => vocabulary.Questionnaire.Find(i) is { Type: ItemType.Decimal }) =>
            new SubjectShape(new Subject.Derived(name), Numbers: new NumberRange(0, 700), CanBeAbsent: true),
        _ => null,
    };

    private SubjectShape? Item(string linkId)
    {
        var item = vocabulary.Questionnaire.Find(linkId);
        if (item is null || item.Identity)
        {
            return null;
        }

        var subject = new Subject.Item(linkId);
        string[] notSure = [FhirTerms.NotSure];
        return item.Type switch
        {
            ItemType.Choice when item.Codes.All(o => o.Ordinal is not null) => new SubjectShape(
                subject, notSure, Numbers: new NumberRange(item.Codes.Min(o => o.Ordinal), item.Codes.Max(o => o.Ordinal)), IsItem: true, CanBeAbsent: item.Optional),
            ItemType.Choice => new SubjectShape(subject, [.. item.Codes.Select(o => o.Code)], item.Repeats, IsItem: true, CanBeAbsent: item.Optional),
            ItemType.Integer or ItemType.Decimal => new SubjectShape(
                subject, notSure, Numbers: new NumberRange(item.Minimum, item.Maximum), IsItem: true, CanBeAbsent: item.Optional),
            ItemType.Date => new SubjectShape(subject, notSure, IsDate: true, IsItem: true, CanBeAbsent: item.Optional),
            ItemType.Text => new SubjectShape(subject, IsItem: true, IsText: true, CanBeAbsent: item.Optional),
            _ => null,
        };
    }

    private SubjectShape? Scale(string id)
    {
        if (!vocabulary.Scales.TryGetValue(id, out var scale))
        {
            return null;
        }

        decimal? maximum = scale.Loaded
            ? scale.Items.Sum(i => vocabulary.Questionnaire.Find(i)?.Codes.Max(o => o.Ordinal ?? 1) ?? 0)
            : null;
        return new SubjectShape(new Subject.Scale(id), Numbers: new NumberRange(0, maximum), CanBeAbsent: !scale.Loaded);
    }

    private static SubjectShape? Measured(string code, IReadOnlyDictionary<string, MeasuredValue> known, Subject subject)
    {
        if (!known.TryGetValue(code, out var value))
        {
            return null;
        }

        return value.Codes.Count > 0
            ? new SubjectShape(subject, value.Codes, CanBeAbsent: true)
            : new SubjectShape(subject, Numbers: new NumberRange(value.Minimum, value.Maximum), CanBeAbsent: true);
    }
}
