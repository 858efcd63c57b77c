using KetamineIntake.Core.Screenings;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Reads the condition tree of one rule, filling in parameters, and checks that each condition can mean something.</summary>
internal sealed class ConditionReader(Vocabulary vocabulary, Stage stage)
{
    private const int DeepestNesting = 6;
    private static readonly string[] Junctions = ["any", "all", "not"];
    private static readonly string[] Operators = ["is", "includes", "atLeast", "atMost", "within", "saysMore", "unanswered"];

    /// <summary>Stands for a condition that could not be read; never leaves a load, which has a fault then.</summary>
    private static readonly Condition Unreadable = new Condition.Any([]);

    private readonly SubjectReader subjects = new(vocabulary, stage);

    /// <summary>Names of parameters that were filled in.</summary>
    public HashSet<string> UsedParameters { get; } = new(StringComparer.Ordinal);

    public Condition Read(Node node) => Read(node, negated: false, depth: 1);

    private Condition Read(Node node, bool negated, int depth)
    {
        if (depth > DeepestNesting)
        {
            node.Fault("The condition is nested too deeply to be read by a person.");
            return Unreadable;
        }

        var fields = node.Fields([], [.. Junctions, .. SubjectReader.Keys, .. Operators]);
        var junctions = fields.Among(Junctions);
        var named = fields.Among(SubjectReader.Keys);
        var operators = fields.Among(Operators);
        if (node.IsMissing || !node.IsObject)
        {
            return Unreadable;
        }

        if (junctions.Count == 1 && named.Count == 0 && operators.Count == 0)
        {
            return Junction(junctions[0], fields[junctions[0]], negated, depth);
        }

        if (junctions.Count == 0 && named.Count == 1 && operators.Count == 1)
        {
            return Leaf(node, fields, named[0], operators[0], negated);
        }

        node.Fault("A condition is either one of any, all, not, or one subject with one operator.");
        return Unreadable;
    }

    private Condition Junction(string key, Node node, bool negated, int depth)
    {
        if (key == "not")
        {
            return new Condition.Not(Read(node, !negated, depth + 1));
        }

        var of = node.SomeElements().Select(n => Read(n, negated, depth + 1)).ToList();
        if (of.Count == 1)
        {
            node.Fault($"\"{key}\" of one condition: leave it out.");
        }

        return key == "any" ? new Condition.Any(of) : new Condition.All(of);
    }

    private Condition Leaf(Node node, Fields fields, string key, string sign, bool negated)
    {
        var shape = subjects.Read(key, fields[key]);
        if (shape is null)
        {
            return Unreadable;
        }

        if (negated && (shape.CanBeAbsent || shape.IsText || fields[sign].IsObject && sign != "is"))
        {
            node.Fault("\"not\" is not safe here: a value nobody has given, or a limit a clinic may move, would count the wrong way round.");
        }

        var operand = fields[sign];
        return sign switch
        {
            "is" when shape is { Codes: not null, Several: false } => new Condition.Is(shape.Subject, Codes(operand, shape, withNotSure: true)),
            "includes" when shape is { Codes: not null, Several: true } => new Condition.Includes(shape.Subject, Codes(operand, shape, withNotSure: false)),
            "atLeast" when shape.Numbers is { } range => new Condition.AtLeast(shape.Subject, Limit(operand, range, saferIsLower: true)),
            "atMost" when shape.Numbers is { } range => new Condition.AtMost(shape.Subject, Limit(operand, range, saferIsLower: false)),
            "within" when shape.IsDate => new Condition.Within(shape.Subject, PeriodOf(operand)),
            "saysMore" when shape.IsText => SaysMore(shape, operand),
            "unanswered" when shape.IsItem => new Condition.Unanswered(shape.Subject, operand.Flag()),
            _ => Misfit(node, sign, shape),
        };
    }

    private Condition.SaysMore SaysMore(SubjectShape shape, Node operand)
    {
        var name = operand.Text();
        var list = vocabulary.Words.GetValueOrDefault(name);
        Require(list is not null || name.Length == 0, operand, $"There are no words \"{name}\".");
        UsedParameters.Add(name);
        return new Condition.SaysMore(shape.Subject, list ?? new WordList(name, [], []));
    }

    private static Condition Misfit(Node node, string sign, SubjectShape shape)
    {
        node.Fault($"\"{sign}\" does not fit \"{shape.Subject.Name}\".");
        return Unreadable;
    }

    private IReadOnlyList<string> Codes(Node operand, SubjectShape shape, bool withNotSure)
    {
        if (operand.IsObject)
        {
            return Indications(operand, shape);
        }

        var codes = new List<string>();
        foreach (var node in operand.IsArray ? operand.SomeElements() : [operand])
        {
            var code = node.Text();
            if (code.Length > 0 && (!shape.Codes!.Contains(code, StringComparer.Ordinal) || (code == FhirTerms.NotSure && !withNotSure)))
            {
                node.Fault($"\"{code}\" is no code of \"{shape.Subject.Name}\" that this operator can meet.");
            }
            else if (codes.Contains(code, StringComparer.Ordinal))
            {
                node.Fault($"The code \"{code}\" stands here twice.");
            }

            codes.Add(code);
        }

        return codes;
    }

    private IReadOnlyList<string> Indications(Node operand, SubjectShape shape)
    {
        var name = operand.Fields(["parameter"])["parameter"];
        if (name.Text() is var text && text.Length > 0 && (text != Vocabulary.IndicationList || shape.Subject.Name != Vocabulary.IndicationItem))
        {
            name.Fault($"The only list of codes is \"{Vocabulary.IndicationList}\", for \"{Vocabulary.IndicationItem}\".");
        }

        UsedParameters.Add(text);
        return vocabulary.Indications;
    }

    private decimal Limit(Node operand, NumberRange range, bool saferIsLower)
    {
        if (!operand.IsObject)
        {
            var number = operand.Number();
            Require(range.Holds(number), operand, "The number is outside what this subject can have.");
            return number;
        }

        var name = operand.Fields(["parameter"])["parameter"];
        var text = name.Text();
        if (!vocabulary.Parameters.TryGetValue(text, out var parameter))
        {
            Require(text.Length == 0, name, $"There is no parameter \"{text}\".");
            return 0;
        }

        UsedParameters.Add(text);
        Require(parameter.SaferIsLower == saferIsLower, name, $"\"{text}\" calls the wrong side safer for this operator.");
        Require(range.Holds(parameter.Minimum) && range.Holds(parameter.Maximum), name, $"\"{text}\" may be set to what this subject can never have.");
        return parameter.Value;
    }

    private static Period PeriodOf(Node operand)
    {
        var text = operand.Text();
        var parsed = PeriodPattern.Roundtrip.Parse(text);
        if (parsed.Success && IsSpanOfDays(parsed.Value))
        {
            return parsed.Value;
        }

        Require(text.Length == 0, operand, $"\"{text}\" is not a period of days, weeks, months or years, such as P6W.");
        return Period.Zero;
    }

    private static bool IsSpanOfDays(Period period) =>
        !period.HasTimeComponent && period is { Years: >= 0, Months: >= 0, Weeks: >= 0, Days: >= 0 } && period != Period.Zero;

    private static void Require(bool holds, Node node, string detail)
    {
        if (!holds)
        {
            node.Fault(detail);
        }
    }
}
