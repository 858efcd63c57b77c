using System.Text.Json;
using System.Text.RegularExpressions;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Reads rules.json: parameters, indications, readings, rules.</summary>
internal sealed partial class RuleBookReader
{
    public static readonly IReadOnlyDictionary<string, Severity> Severities = new Dictionary<string, Severity>(StringComparer.Ordinal)
    {
        ["absolute"] = Severity.Absolute,
        ["review"] = Severity.Review,
        ["caution"] = Severity.Caution,
        ["info"] = Severity.Info,
    };

    public static readonly IReadOnlyDictionary<string, Stage> Stages = new Dictionary<string, Stage>(StringComparer.Ordinal)
    {
        ["intake"] = Stage.Intake,
        ["labs"] = Stage.Labs,
        ["day-of"] = Stage.DayOf,
    };

    public static readonly IReadOnlyDictionary<string, Urgency> Urgencies = new Dictionary<string, Urgency>(StringComparer.Ordinal)
    {
        ["elevated"] = Urgency.Elevated,
        ["high"] = Urgency.High,
        ["imminent"] = Urgency.Imminent,
    };

    public static readonly IReadOnlyDictionary<string, CallFirstReason> CallFirstReasons = new Dictionary<string, CallFirstReason>(StringComparer.Ordinal)
    {
        ["alcohol"] = CallFirstReason.Alcohol,
    };

    private readonly Dictionary<string, JsonElement> conditions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Node> parameterPlaces = new(StringComparer.Ordinal);
    private readonly HashSet<string> usedParameters = new(StringComparer.Ordinal);

    public static RuleBook Read(
        Node root, Questionnaire questionnaire, IReadOnlyDictionary<string, Scale> scales, IReadOnlyList<MeasuredValue> labs, out IReadOnlyList<MeasuredValue> readings)
    {
        var fields = root.Fields(["version", "indications", "parameters", "readings", "rules"], "words");
        var reader = new RuleBookReader();
        readings = MeasuredValues.Read(fields["readings"]);
        var vocabulary = new Vocabulary(
            questionnaire, scales, MeasuredValues.ByCode(labs), MeasuredValues.ByCode(readings),
            reader.Parameters(fields["parameters"]), [])
        {
            Words = reader.Words(fields.Find("words")),
        };
        vocabulary = vocabulary with { Indications = Indications(fields["indications"], vocabulary) };
        var rules = fields["rules"].SomeElements().Select(n => reader.Rule(n, vocabulary)).ToList();
        reader.CheckAllUsed();
        return new RuleBook(QuestionnaireReader.Semantic(fields["version"]), rules, [.. vocabulary.Parameters.Values], vocabulary.Indications)
        {
            Source = new RuleSource(vocabulary, reader.conditions),
        };
    }

    [GeneratedRegex(@"^[A-Z]{2,5}-[0-9]{2}[b-z]?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RuleId();

    private Dictionary<string, RuleParameter> Parameters(Node list)
    {
        var parameters = new Dictionary<string, RuleParameter>(StringComparer.Ordinal);
        foreach (var node in list.Elements())
        {
            var fields = node.Fields(["name", "value", "minimum", "maximum", "saferIsLower", "unit", "description"]);
            var parameter = new RuleParameter(
                fields["name"].Text(), fields["value"].Number(), fields["minimum"].Number(), fields["maximum"].Number(),
                fields["saferIsLower"].Flag(), fields["unit"].Text(), fields["description"].Text());
            Require(parameters.TryAdd(parameter.Name, parameter), fields["name"], $"The parameter \"{parameter.Name}\" stands here twice.");
            parameterPlaces.TryAdd(parameter.Name, fields["name"]);
            Require(parameter.Minimum < parameter.Maximum, node, "The minimum is not below the maximum.");
            Require(parameter.Value >= parameter.Minimum && parameter.Value <= parameter.Maximum, fields["value"], "The value is outside its range.");
        }

        return parameters;
    }

    private Dictionary<string, WordList> Words(Node? lists)
    {
        var words = new Dictionary<string, WordList>(StringComparer.Ordinal);
        foreach (var node in lists?.Elements() ?? [])
        {
            var fields = node.Fields(["name", "description", "words", "between"]);
            fields["description"].Text();
            var list = new WordList(fields["name"].Text(), WordsIn(fields["words"]), WordsIn(fields["between"]));
            Require(words.TryAdd(list.Name, list) && parameterPlaces.TryAdd(list.Name, fields["name"]), fields["name"], $"The name \"{list.Name}\" stands here twice.");
        }

        return words;
    }

    private static List<string> WordsIn(Node list)
    {
        var words = new List<string>();
        foreach (var node in list.SomeElements())
        {
            var word = node.Text();
            Require(word.Length == 0 || PlainWords.Of(word).SequenceEqual([word]), node, $"\"{word}\" is not one word in lower case without accents.");
            Require(!words.Contains(word, StringComparer.Ordinal), node, $"The word \"{word}\" stands here twice.");
            words.Add(word);
        }

        return words;
    }

    private static List<string> Indications(Node list, Vocabulary vocabulary)
    {
        var codes = new List<string>();
        foreach (var node in list.SomeElements())
        {
            var code = node.Text();
            Require(vocabulary.KnownIndications.Contains(code, StringComparer.Ordinal), node, $"\"{code}\" is no answer to \"{Vocabulary.IndicationItem}\".");
            Require(!codes.Contains(code, StringComparer.Ordinal), node, $"The code \"{code}\" stands here twice.");
            codes.Add(code);
        }

        return codes;
    }

    private Rule Rule(Node node, Vocabulary vocabulary)
    {
        var fields = node.Fields(["id", "severity", "stage", "when", "reason", "patient", "source"], "hold", "urgency", "floor", "emergency", "callFirst", "callFirstFor", "open");
        var id = fields["id"].Text();
        Require(id.Length == 0 || RuleId().IsMatch(id), fields["id"], $"\"{id}\" is not a rule id such as CV-05 or CV-05b.");
        Require(conditions.TryAdd(id, fields["when"].Json), fields["id"], $"The rule \"{id}\" stands here twice.");
        var stage = fields["stage"].OneOf(Stages);
        var reader = new ConditionReader(vocabulary, stage);
        var rule = new Rule(
            id, fields["severity"].OneOf(Severities), fields.Find("hold")?.Flag() ?? false, stage,
            fields.Find("urgency")?.OneOf(Urgencies) ?? Urgency.None, fields.Find("floor")?.Flag() ?? false,
            reader.Read(fields["when"]), fields["reason"].Text(), fields["patient"].TextOrNull(), fields["source"].Text())
        {
            Emergency = fields.Find("emergency")?.Text(),
            CallFirst = fields.Find("callFirst")?.Flag() ?? false,
            OpenAs = fields.Find("open")?.OneOf(Severities),
            CallFirstFor = fields.Find("callFirstFor")?.OneOf(CallFirstReasons),
        };
        usedParameters.UnionWith(reader.UsedParameters);
        CheckRule(fields, rule);
        GateCheck.Check(fields["when"], rule.When, vocabulary);
        return rule;
    }

    private static void CheckRule(Fields fields, Rule rule)
    {
        Require(!rule.Hold || rule.Severity == Severity.Absolute, fields["hold"], "Only an absolute rule can be a hold.");
        Require(rule.Emergency is null || rule.Stage == Stage.Intake, fields["emergency"], "An emergency is told from the intake answers only.");
        Require(!rule.CallFirst || rule.Stage == Stage.Intake, fields["callFirst"], "Whom to call first is decided by the intake answers only.");
        Require(
            rule.OpenAs is null || (rule is { OpenAs: Severity.Caution, Severity: >= Severity.Review, Stage: Stage.Intake, Urgency: Urgency.None, Emergency: null }),
            fields["open"], "Only an intake rule of severity review or worse can be a mere caution while it is open, and none about suicide risk or emergencies.");
        Require(rule.CallFirstFor is null || rule.CallFirst, fields["callFirstFor"], "Only a rule that calls first can say what for.");
        Require(rule.Urgency == Urgency.None || rule.Stage == Stage.Intake, fields["urgency"], "Urgency comes from the intake answers only.");
        Require(rule.Urgency == Urgency.None || rule.Severity != Severity.Absolute, fields["urgency"], "Urgency makes nobody ineligible.");
        Require(rule.Urgency < Urgency.High || rule.Severity >= Severity.Review, fields["urgency"], "High and imminent urgency need at least review.");
    }

    private void CheckAllUsed()
    {
        foreach (var (name, node) in parameterPlaces)
        {
            Require(usedParameters.Contains(name), node, "No rule uses this.");
        }
    }

    private static void Require(bool holds, Node node, string detail)
    {
        if (!holds)
        {
            node.Fault(detail);
        }
    }
}
