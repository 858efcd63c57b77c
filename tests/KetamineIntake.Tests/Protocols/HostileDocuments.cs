using System.Text.Json.Nodes;
using static KetamineIntake.Tests.Protocols.ProtocolDocuments;

namespace KetamineIntake.Tests.Protocols;

/// <summary>One way to damage one document.</summary>
/// <param name="Edit">Does the damage and answers the node that the fault must be reported at.</param>
/// <param name="Below">The rest of the path below that node.</param>
internal sealed record Damage(string Title, string File, Func<JsonNode, JsonNode> Edit, string Below, string Detail);

internal static class HostileDocuments
{
    private const string Q = "questionnaire.json";
    private const string R = "rules.json";
    private const string S = "scales.json";
    private const string L = "labs.json";
    private const string T = "texts.en.json";
    private const string P = "protocol.json";
    private const string A = "answers.json";

    public static IReadOnlyList<Damage> All { get; } =
    [
        new("manifest with an unknown key", P, n => Set(n, "colour", "blue"), "/colour", "Unknown key"),
        new("manifest without an id", P, n => Drop(n, "id"), "", "\"id\" is missing"),
        new("manifest with a version of two numbers", P, n => Set(n, "version", "1.0"), "/version", "not a version"),
        new("manifest with an impossible day", P, n => Set(n, "effectiveFrom", "2026-02-30"), "/effectiveFrom", "date of the form"),
        new("manifest without a meaning", P, n => Drop(n, "semantics"), "", "\"semantics\" is missing"),
        new("manifest whose rules mean what they meant before", P, n => Set(n, "semantics", 1), "/semantics", "Needs 2"),
        new("manifest of a meaning to come", P, n => Set(n, "semantics", 3), "/semantics", "from 1 to 2"),
        new("earlier questionnaire that is not earlier", P, n => Set(n["earlierQuestionnaires"]!, 0, "1.2.0"), "/0", "not earlier"),
        new("earlier questionnaire without a version", P, n => Set(n["earlierQuestionnaires"]!, 0, "one"), "/0", "not a version"),
        new("manifest signed by nobody in particular", P, n => Set(n, "signedBy", " "), "/signedBy", "blank"),

        new("questionnaire that is retired", Q, n => Set(n, "status", "retired"), "/status", "Needs \"active\""),
        new("questionnaire whose version is no number", Q, n => Set(n, "version", "one"), "/version", "not a version"),
        new("questionnaire whose url holds a bar", Q, n => Set(n, "url", "https://a.example/q|1"), "/url", "absolute URL"),
        new("questionnaire without items", Q, n => Set(n, "item", new JsonArray()), "/item", "empty"),
        new("item with an unknown key", Q, n => Set(Item(n, "cv.htn"), "readOnly", true), "/readOnly", "Unknown key"),
        new("clinical question that is required", Q, n => Set(Item(n, "cv.htn"), "required", true), "", "may be skipped"),
        new("item of an unknown type", Q, n => Set(Item(n, "cv.htn"), "type", "boolean"), "/type", "is none of"),
        new("item without words", Q, n => Set(Item(n, "cv.htn"), "text", ""), "/text", "blank"),
        new("item whose text is a number", Q, n => Set(Item(n, "cv.htn"), "text", 7), "/text", "Needs text"),
        new("linkId used twice", Q, n => Set(Item(n, "cv.cad"), "linkId", "cv.htn"), "/linkId", "stands here twice"),
        new("linkId with a space", Q, n => Set(Item(n, "pain.intensity"), "linkId", "pain intensity"), "/linkId", "not a linkId"),
        new("choice without options", Q, n => Drop(Item(n, "cv.htn"), "answerOption"), "", "A choice has answer options"),
        new("the same code twice", Q, n => Set(Option(n, "cv.htn", 1), "code", "yes"), "/code", "stands here twice"),
        new("ordinal that is not its code", Q, n => Set(Option(n, "phq9.1", 1), "code", "one", Item(n, "phq9.1")), "", "is its ordinal value"),
        new("ordinal missing from one option", Q, n => Drop(Item(n, "phq9.1")["answerOption"]![1]!, "extension", Item(n, "phq9.1")), "", "Either every option"),
        new("option since no version", Q, n => Set(Item(n, "psy.bipolar.type")["answerOption"]![0]!, "extension", Json("""[{"url":"https://ketamineintake.example/fhir/StructureDefinition/since","valueString":"one"}]"""), Item(n, "psy.bipolar.type")), "/answerOption/0/extension/0/valueString", "not a version"),
        new("unknown extension", Q, n => Set(Item(n, "cv.any"), "extension", Json("""[{"url":"https://other.example/x","valueBoolean":true}]""")), "/extension/0", "Unknown extension"),
        new("number without a range", Q, n => Drop(Item(n, "ind.trials"), "extension"), "", "smallest and a largest"),
        new("range upside down", Q, n => Set(Item(n, "ind.trials")["extension"]![1]!, "valueInteger", 99, Item(n, "ind.trials")), "/extension", "above the largest"),
        new("text without a limit", Q, n => Drop(Item(n, "med.list"), "maxLength"), "", "Text has a maxLength"),
        new("select-all on a question", Q, n => Set(Item(n, "cv.any"), "extension", SelectAll()), "/extension/0", "Only a group"),
        new("select-all group with a gated item", Q, n => Set(Item(n, "cv.hf"), "enableWhen", Gate("cv.htn", "=", "yes"), Item(n, "group.cv")), "", "select-all group"),
        new("translation without content", Q, n => Set(Item(n, "cv.any"), "_text", Json("""{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[{"url":"lang","valueCode":"es"}]}]}""")), "/_text/extension/0/extension", "one content"),
        new("gate on an item that does not exist", Q, n => Set(Item(n, "cv.mi.date"), "enableWhen", Gate("cv.none", "=", "yes")), "/enableWhen/0/question", "No earlier item"),
        new("gate that looks forward", Q, n => Set(Item(n, "cv.any"), "enableWhen", Gate("log.escort", "=", "yes")), "/enableWhen/0/question", "No earlier item"),
        new("gate on itself", Q, n => Set(Item(n, "cv.any"), "enableWhen", Gate("cv.any", "=", "yes")), "/enableWhen/0/question", "No earlier item"),
        new("unsafe operator", Q, n => Set(Item(n, "cv.mi.date"), "enableWhen", Gate("cv.mi", "!=", "no")), "/enableWhen/0/operator", "not safe"),
        new("gate on an answer that cannot be given", Q, n => Set(Item(n, "cv.mi.date"), "enableWhen", Gate("cv.mi", "=", "perhaps")), "/enableWhen/0/answerCoding/code", "no answer to"),
        new("gate on a number", Q, n => Set(Item(n, "ind.therapyTried"), "enableWhen", Gate("ind.trials", "=", "yes")), "/enableWhen/0/question", "not a question with codes"),
        new("two answers at once", Q, n => Set(Item(n, "cv.mi.date"), "enableBehavior", "all"), "/enableBehavior", "never be shown"),
        new("several gates without a behaviour", Q, n => Drop(Item(n, "cv.mi.date"), "enableBehavior"), "", "need an enableBehavior"),

        new("rule with an unknown key", R, n => Set(Rule(n, "CV-02"), "severty", "info"), "/severty", "Unknown key"),
        new("rule without a source", R, n => Drop(Rule(n, "CV-02"), "source"), "", "\"source\" is missing"),
        new("rule of an unknown severity", R, n => Set(Rule(n, "CV-02"), "severity", "crisis"), "/severity", "is none of"),
        new("rule of an unknown stage", R, n => Set(Rule(n, "CV-02"), "stage", "later"), "/stage", "is none of"),
        new("rule id used twice", R, n => Set(Rule(n, "CV-03"), "id", "CV-02"), "/id", "stands here twice"),
        new("rule id of another form", R, n => Set(Rule(n, "CV-03"), "id", "heart"), "/id", "not a rule id"),
        new("rule whose patient text is blank", R, n => Set(Rule(n, "CV-03"), "patient", ""), "/patient", "blank"),
        new("hold that is not absolute", R, n => Set(Rule(n, "PSY-05"), "hold", true), "/hold", "Only an absolute rule"),
        new("urgency outside intake", R, n => Set(Rule(n, "VIT-04"), "urgency", "high"), "/urgency", "intake answers only"),
        new("high urgency as a caution", R, n => Set(Rule(n, "SUI-03"), "severity", "caution", Rule(n, "SUI-03")), "/urgency", "at least review"),
        new("emergency without a sentence", T, n => Drop(n["emergencies"]!, "medical"), "", "\"medical\" is missing"),
        new("emergency without a reason", T, n => Drop(n["emergencyReasons"]!, "EYE-01b"), "", "\"EYE-01b\" is missing"),
        new("reason of a rule that is no emergency", T, n => Set(n["emergencyReasons"]!, "CV-03", "A tangle of vessels."), "/CV-03", "Unknown key"),
        new("emergency sentence that no rule names", T, n => Set(n["emergencies"]!, "spare", "Call somebody."), "/spare", "Unknown key"),
        new("emergency outside intake", R, n => Set(Rule(n, "VIT-03"), "emergency", "medical"), "/emergency", "intake answers only"),
        new("call first outside intake", R, n => Set(Rule(n, "VIT-03"), "callFirst", true), "/callFirst", "intake answers only"),
        new("page without a word", T, n => Drop(n["page"]!, "goOn"), "", "\"goOn\" is missing"),
        new("nothing said about what happens next", T, n => Set(n["next"]!, "high", new JsonArray()), "/high", "empty"),
        new("condition on an item that does not exist", R, n => When(n, "CV-03", """{"item":"cv.avn","is":"yes"}"""), "/when/item", "no item \"cv.avn\""),
        new("condition on an identity item", R, n => When(n, "LOG-01", """{"item":"dem.smsConsent","is":"no"}"""), "/when/item", "no item \"dem.smsConsent\""),
        new("condition on a group", R, n => When(n, "CV-03", """{"item":"group.cv","is":"yes"}"""), "/when/item", "no item \"group.cv\""),
        new("condition on an unknown scale", R, n => When(n, "PSY-10", """{"scale":"gad8","atLeast":{"parameter":"gad7.severe"}}"""), "/when/scale", "no scale"),
        new("condition on an unknown lab value", R, n => When(n, "CV-12", """{"lab":"qtc","atLeast":{"parameter":"lab.qtc.high"}}"""), "/when/lab", "no lab"),
        new("condition on an unknown derived value", R, n => When(n, "AGE-01", """{"derived":"bsa","atLeast":3}"""), "/when/derived", "no derived"),
        new("lab value at intake", R, n => Set(Rule(n, "PREG-01b"), "stage", "intake"), "/when/lab", "never known"),
        new("reading before the day", R, n => Set(Rule(n, "URO-01b"), "stage", "labs"), "/when/reading", "never known"),
        new("code that is no option", R, n => When(n, "CV-03", """{"item":"cv.avm","is":"Yes"}"""), "/when/is", "no code of"),
        new("code named twice", R, n => When(n, "CV-03", """{"item":"cv.avm","is":["yes","yes"]}"""), "/when/is/1", "stands here twice"),
        new("empty list of codes", R, n => When(n, "CV-03", """{"item":"cv.avm","is":[]}"""), "/when/is", "empty"),
        new("is on a repeating choice", R, n => When(n, "DDI-01", """{"item":"med.classes","is":"theophylline"}"""), "/when", "does not fit"),
        new("includes on a single choice", R, n => When(n, "CV-03", """{"item":"cv.avm","includes":["yes"]}"""), "/when", "does not fit"),
        new("includes not-sure", R, n => When(n, "DDI-01", """{"item":"med.classes","includes":["not-sure"]}"""), "/when/includes/0", "no code of"),
        new("number operator on words", R, n => When(n, "CV-03", """{"item":"cv.avm","atLeast":1}"""), "/when", "does not fit"),
        new("period on a number", R, n => When(n, "IND-03", """{"item":"ind.trials","within":"P6W"}"""), "/when", "does not fit"),
        new("words on a number", R, n => When(n, "IND-03", """{"item":"ind.trials","is":"two"}"""), "/when/is", "no code of"),
        new("number as text", R, n => When(n, "IND-03", """{"item":"ind.trials","atMost":"1"}"""), "/when/atMost", "Needs a number"),
        new("number outside the item's range", R, n => When(n, "IND-03", """{"item":"ind.trials","atLeast":31}"""), "/when/atLeast", "outside what"),
        new("scale total nobody can reach", R, n => When(n, "SUB-05", """{"scale":"auditc","atLeast":13}"""), "/when/atLeast", "outside what"),
        new("period that is none", R, n => When(n, "CV-07", """{"all":[{"item":"cv.mi","is":"yes"},{"item":"cv.mi.date","within":"6 weeks"}]}"""), "/when/all/1/within", "not a period"),
        new("period that runs backwards", R, n => When(n, "CV-07", """{"all":[{"item":"cv.mi","is":"yes"},{"item":"cv.mi.date","within":"P-6W"}]}"""), "/when/all/1/within", "not a period"),
        new("period of hours", R, n => When(n, "CV-07", """{"all":[{"item":"cv.mi","is":"yes"},{"item":"cv.mi.date","within":"PT6H"}]}"""), "/when/all/1/within", "not a period"),
        new("period of nothing", R, n => When(n, "CV-07", """{"all":[{"item":"cv.mi","is":"yes"},{"item":"cv.mi.date","within":"P0D"}]}"""), "/when/all/1/within", "not a period"),
        new("two operators", R, n => When(n, "IND-03", """{"item":"ind.trials","atLeast":1,"atMost":2}"""), "/when", "one subject with one operator"),
        new("two subjects", R, n => When(n, "IND-03", """{"item":"ind.trials","scale":"gad7","atLeast":1}"""), "/when", "one subject with one operator"),
        new("a junction beside a leaf", R, n => When(n, "CV-03", """{"any":[{"item":"cv.avm","is":"yes"},{"item":"cv.any","is":"yes"}],"item":"cv.avm"}"""), "/when", "one subject with one operator"),
        new("no operator at all", R, n => When(n, "CV-03", """{"item":"cv.avm"}"""), "/when", "one subject with one operator"),
        new("an unknown operator", R, n => When(n, "CV-03", """{"item":"cv.avm","equals":"yes"}"""), "/when/equals", "Unknown key"),
        new("empty any", R, n => When(n, "CV-03", """{"any":[]}"""), "/when/any", "empty"),
        new("any of one", R, n => When(n, "CV-03", """{"any":[{"item":"cv.avm","is":"yes"}]}"""), "/when/any", "leave it out"),
        new("a condition that is text", R, n => When(n, "CV-03", "\"cv.avm\""), "/when", "Needs an object"),
        new("a tower of nots", R, n => When(n, "CV-03", """{"not":{"not":{"not":{"not":{"not":{"not":{"item":"cv.avm","is":"yes"}}}}}}}"""), "/when/not/not/not/not/not/not", "nested too deeply"),
        new("not over a lab value", R, n => When(n, "HEP-02b", """{"not":{"lab":"alt.uln","atMost":3}}"""), "/when/not", "not safe"),
        new("not over an optional reading", R, n => When(n, "CV-05b", """{"not":{"item":"cv.bpSys","atMost":159}}"""), "/when/not", "not safe"),
        new("not over a limit that a clinic may move", R, n => When(n, "PSY-10", """{"not":{"scale":"gad7","atLeast":{"parameter":"gad7.severe"}}}"""), "/when/not", "not safe"),
        new("absolute rule on an item hidden behind another", R, n => When(n, "PREG-01", """{"item":"preg.pregnant","is":"yes"}"""), "/when", "shown only after an answer to \"dem.sexAtBirth\""),
        new("unknown parameter", R, n => When(n, "PSY-10", """{"scale":"gad7","atLeast":{"parameter":"gad7.worst"}}"""), "/when/atLeast/parameter", "no parameter"),
        new("parameter with the wrong safe side", R, n => Set(Parameter(n, "gad7.severe"), "saferIsLower", false, Rule(n, "PSY-10")), "/when/atLeast/parameter", "wrong side"),
        new("parameter that may leave the scale", R, n => Set(Parameter(n, "gad7.severe"), "maximum", 22, Rule(n, "PSY-10")), "/when/atLeast/parameter", "never have"),
        new("parameter outside its own range", R, n => Set(Parameter(n, "gad7.severe"), "value", 9), "/value", "outside its range"),
        new("parameter range upside down", R, n => Set(Parameter(n, "gad7.severe"), "minimum", 21), "", "not below the maximum"),
        new("parameter that nobody uses", R, n => Set(Parameter(n, "gad7.severe"), "name", "gad7.unused"), "/name", "No rule uses"),
        new("parameter named twice", R, n => Set(Parameter(n, "auditc.men"), "name", "gad7.severe"), "/name", "stands here twice"),
        new("words that do not exist", R, n => When(n, "ALG-03b", """{"all":[{"item":"alg.other","is":"yes"},{"item":"alg.other.list","saysMore":"foods"}]}"""), "/when/all/1/saysMore", "no words"),
        new("words asked of a code", R, n => When(n, "CV-03", """{"item":"cv.avm","saysMore":"ordinary-allergies"}"""), "/when", "does not fit"),
        new("not over words", R, n => When(n, "ALG-03b", """{"all":[{"item":"alg.other","is":"yes"},{"not":{"item":"alg.other.list","saysMore":"ordinary-allergies"}}]}"""), "/when/all/1/not", "not safe"),
        new("word with a space", R, n => Set(n["words"]![0]!["words"]!, 0, "hay fever"), "/0", "not one word"),
        new("word in capitals", R, n => Set(n["words"]![0]!["words"]!, 0, "Hay"), "/0", "not one word"),
        new("word with an accent", R, n => Set(n["words"]![0]!["words"]!, 0, "ácaros"), "/0", "not one word"),
        new("word that stands twice", R, n => Set(n["words"]![0]!["words"]!, 1, "hay", n["words"]![0]!["words"]!), "/1", "stands here twice"),
        new("words that no rule uses", R, n => Set(n["words"]![0]!, "name", "unused"), "/name", "No rule uses"),
        new("open as something else than a caution", R, n => Set(Rule(n, "LOG-01"), "open", "info"), "/open", "mere caution"),
        new("a caution that is a caution while it is open", R, n => Set(Rule(n, "NV-01"), "open", "caution"), "/open", "mere caution"),
        new("an emergency that is a mere caution while it is open", R, n => Set(Rule(n, "EYE-01b"), "open", "caution"), "/open", "mere caution"),
        new("indications for another question", R, n => When(n, "IND-03", """{"item":"psy.bipolar.type","is":{"parameter":"indications"}}"""), "/when/is/parameter", "only list of codes"),
        new("indication that is no answer", R, n => Set(n["indications"]!, 0, "flu"), "/0", "no answer to"),
        new("reading named twice", R, n => Set(n["readings"]![1]!, "code", "bpSys"), "/code", "stands here twice"),

        new("scale with an item that does not exist", S, n => Set(n["scales"]![0]!["items"]!, 0, "phq9.0"), "/0", "no item with a score"),
        new("scale with an item twice", S, n => Set(n["scales"]![0]!["items"]!, 0, "phq9.2", n["scales"]![0]!["items"]!), "/1", "stands here twice"),
        new("scale whose bands fall", S, n => Set(n["scales"]![0]!["bands"]![1]!, "from", 0), "/from", "rise"),
        new("scale with a gate that has no such answer", S, n => Set(n["scales"]![2]!, "gateCode", "never"), "/gateCode", "no answer to"),
        new("scale with half a gate", S, n => Drop(n["scales"]![2]!, "gateCode"), "", "go together"),
        new("scale that may lack every item", S, n => Set(n["scales"]![2]!, "maximumMissing", 5), "/maximumMissing", "At least one item"),
        new("slot that claims to be loaded", S, n => Set(n["scales"]![4]!, "loaded", true), "", "has items and bands"),
        new("scale id twice", S, n => Set(n["scales"]![1]!, "id", "phq9"), "/id", "stands here twice"),

        new("lab code with a wrong check digit", L, n => Set(n["required"]![0]!["satisfiedBy"]![0]![0]!, "code", "34534-9"), "/code", "not a LOINC code"),
        new("lab test that is not known", L, n => Set(n["required"]![0]!, "test", "mri"), "/test", "is not one of"),
        new("lab test left out", L, n => Remove(n["required"]!.AsArray(), 3), "", "\"cbc\" is missing"),
        new("lab test valid for 13 months", L, n => Set(n["required"]![0]!, "validMonths", 13), "/validMonths", "from 1 to 12"),
        new("lab test valid for half a month", L, n => Set(n["required"]![0]!, "validMonths", 0.5), "/validMonths", "whole number"),
        new("lab test for a finding that no rule can make", L, n => Set(n["required"]![0]!["byRisk"]!, 0, "CVX-*"), "/0", "is no rule"),
        new("lab test for half a rule", L, n => Set(n["required"]![0]!["byRisk"]!, 1, "AGE-0"), "/1", "is no rule"),
        new("lab test without reasons", L, n => Set(n["required"]![0]!, "byRisk", new JsonArray()), "/byRisk", "empty"),
        new("lab value without a unit", L, n => Drop(n["values"]![0]!, "unit"), "", "\"unit\" is missing"),

        new("lead days that rise", L, n => Set(n["leadDays"]!, 1, 30), "/1", "fall"),
        new("no lead days", L, n => Set(n, "leadDays", new JsonArray()), "/leadDays", "empty"),
        new("lead time of a year", L, n => Set(n["leadDays"]!, 0, 365), "/0", "from 1 to 90"),
        new("upper limit left out", L, n => Remove(n["upperLimits"]!.AsArray(), 1), "", "\"ast.uln\" is missing"),
        new("upper limit of nothing", L, n => Set(n["upperLimits"]![0]!, "limit", 0), "", "above zero"),
        new("upper limit of a value that does not exist", L, n => Set(n["upperLimits"]![0]!, "value", "ggt.uln", n["upperLimits"]![0]!), "", "for a laboratory value"),
        new("believed limit below the usual one", L, n => Set(n["believedLimit"]!, "times", 0.5), "/times", "one or more"),
        new("unit of no kind", L, n => Set(n["units"]!["factors"]![0]!, "kind", "sodium"), "/kind", "no kind of value"),
        new("unit with a factor of zero", L, n => Set(n["units"]!["factors"]![1]!["factors"]!, "u/l", 0), "", "above zero"),
        new("spelling that is no pair", L, n => Set(n["units"]!["spellings"]!, 0, new JsonArray("x")), "/0", "pair"),
        new("result words that are read by nobody", L, n => Set(n["resultWords"]![0]!, "name", "ecg.unread"), "/name", "no list that is read"),
        new("result words left out", L, n => Remove(n["resultWords"]!.AsArray(), 6), "", "\"ecg.block\" is missing"),
        new("result words named twice", L, n => Set(n["resultWords"]![1]!, "name", "ecg.denies"), "/name", "stands here twice"),
        new("result word in capitals", L, n => Set(n["resultWords"]![7]!["words"]!, 0, "Normal"), "/0", "lower case"),
        new("result word that is a pattern", L, n => Set(n["resultWords"]![7]!["words"]!, 0, "normal|.*"), "/0", "lower case"),
        new("result word that stands twice", L, n => Set(n["resultWords"]![0]!["words"]!, 1, "no", n["resultWords"]![0]!["words"]!), "/1", "stands here twice"),
        new("result words that mean two things", L, n => Set(n["resultWords"]![8]!["words"]!, 0, "mi", n["resultWords"]!), "", "two lists that mean opposite things"),
        new("any word beside a normal ECG", L, n => Set(n["resultWords"]![8]!["words"]!, 0, "sinus*"), "/0", "would make any word"),
        new("result words without a source", L, n => Drop(n["resultWords"]![0]!, "source"), "", "\"source\" is missing"),

        new("coded word with a space", A, n => Set(n["codedWords"]!["yes"]!, 0, "of course"), "/0", "not one word"),
        new("coded word in capitals", A, n => Set(n["codedWords"]!["no"]!, 0, "No"), "/0", "lower case"),
        new("coded word for both", A, n => Set(n["codedWords"]!["no"]!, 0, "yes"), "/0", "stands here twice"),
        new("coded words for neither left out", A, n => Drop(n["codedWords"]!, "neither"), "", "\"neither\" is missing"),
        new("age of a child", A, n => Set(n["refusedForm"]!, "age", 12), "/age", "from 18 to 120"),
        new("guard without words", "preparation.es.json", n => Set(n["guards"]!, "lamotrigine", new JsonArray()), "/lamotrigine", "empty"),
        new("guard without the sentence", "preparation.en.json", n => Drop(n["guards"]!, "neverStop"), "", "\"neverStop\" is missing"),
        new("message left out", T, n => Drop(n["messages"]!, "imminent"), "", "\"imminent\" is missing"),
        new("message that is blank", T, n => Set(n["messages"]!, "eligible", "  "), "/eligible", "blank"),
        new("message for an outcome that does not exist", T, n => Set(n["messages"]!, "rejected", "No."), "/rejected", "Unknown key"),
        new("no resource for a crisis", T, n => Set(n["resources"]!, "imminent", new JsonArray()), "/imminent", "empty"),
        new("resource that nobody can reach", T, n => Set(n["resources"]!["always"]!, 0, Json("""{"title":"Somebody"}""")), "/0", "needs a phone or a url"),
        new("resource over plain http", T, n => Set(n["resources"]!["always"]![0]!, "url", "http://988lifeline.org"), "/url", "https"),
        new("resource with words as its number", T, n => Set(n["resources"]!["always"]![0]!, "phone", "call us"), "/phone", "dialled"),
    ];

    private static JsonNode Set(JsonNode parent, string key, JsonNode? value, JsonNode? at = null)
    {
        parent[key] = value;
        return at ?? parent;
    }

    private static JsonNode Set(JsonNode list, int index, JsonNode? value, JsonNode? at = null)
    {
        list[index] = value;
        return at ?? list;
    }

    private static JsonNode Drop(JsonNode parent, string key, JsonNode? at = null)
    {
        Assert.True(parent.AsObject().Remove(key), $"there is no {key} to drop");
        return at ?? parent;
    }

    private static JsonArray Remove(JsonArray list, int index)
    {
        list.RemoveAt(index);
        return list;
    }

    private static JsonNode When(JsonNode rules, string id, string condition) => Set(Rule(rules, id), "when", Json(condition));

    private static JsonNode Option(JsonNode questionnaire, string linkId, int index) =>
        Item(questionnaire, linkId)["answerOption"]![index]!["valueCoding"]!;

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;

    private static JsonNode SelectAll() =>
        Json("""[{"url":"https://ketamineintake.example/fhir/StructureDefinition/select-all","valueBoolean":true}]""");

    private static JsonArray Gate(string question, string sign, string code) => new JsonArray(new JsonObject
    {
        ["question"] = question,
        ["operator"] = sign,
        ["answerCoding"] = new JsonObject { ["system"] = "https://ketamineintake.example/fhir/CodeSystem/answer", ["code"] = code },
    });
}
