using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Protocols;

/// <summary>Reads a protocol's documents. Strict: whatever is unknown, missing, doubled or without meaning is a fault, and all faults are reported at once.</summary>
public static class ProtocolLoader
{
    private const string Manifest = "protocol.json";
    private const string Questions = "questionnaire.json";
    private const string Rules = "rules.json";
    private const string Scales = "scales.json";
    private const string Labs = "labs.json";
    private static readonly SmsLanguage[] Languages = Enum.GetValues<SmsLanguage>();
    private static readonly string[] LabKeys = ["required", "values", "kinds", "otherWords", "otherCodes", "said", "leadDays", "upperLimits", "believedLimit", "units", "resultWords"];
    private const string SemanticsKey = "semantics";
    private const string EarlierKey = "earlierQuestionnaires";

    // What judging takes: all that a replay reads. Documents and keys that came later than an archived set are none of its business.
    private static readonly string[] Judging = [Labs, Manifest, Questions, Rules, Scales];
    private static readonly string[] Names = [.. Judging, AnswerContentReader.FileName, .. Languages.Select(PatientTextReader.FileName), .. ReminderContent.FileNames];

    /// <summary>Whether a document is kept with what it judged. What patients' texts mean judges no screening, and is larger than all else together: a row of Table storage has no room for it.</summary>
    public static bool IsArchived(string name) => !ReminderContent.ReplyFileNames.Contains(name, StringComparer.Ordinal);

    /// <param name="documents">Content by file name, without a folder.</param>
    public static ProtocolLoad Load(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents)
    {
        var faults = new FaultList();
        foreach (var name in documents.Keys.Where(n => !Names.Contains(n, StringComparer.Ordinal)))
        {
            faults.Add(name, "", "A protocol has no document of this name.");
        }

        var roots = Names.ToDictionary(n => n, n => Root(n, documents, faults), StringComparer.Ordinal);
        return Answer(Read(roots, documents, faults), faults);
    }

    /// <summary>Of documents that judged somebody once, perhaps long ago, what judging took: no texts, tests or reminders.</summary>
    /// <exception cref="InvalidOperationException">This program can no longer read them; the message lists every fault.</exception>
    public static Protocol LoadToReplayOrThrow(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents)
    {
        var faults = new FaultList();
        var roots = Judging.ToDictionary(n => n, n => Root(n, documents, faults), StringComparer.Ordinal);
        return OrThrow(Answer(ReadJudging(roots, Manifested(roots[Manifest], isArchived: true), documents, faults), faults));
    }

    /// <exception cref="InvalidOperationException">The documents have faults; the message lists them all.</exception>
    public static Protocol LoadOrThrow(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents) => OrThrow(Load(documents));

    private static ProtocolLoad Answer(Protocol protocol, FaultList faults) => faults.IsEmpty
        ? new ProtocolLoad.Loaded(protocol)
        : new ProtocolLoad.Faulty([.. faults.All.OrderBy(f => f.File, StringComparer.Ordinal)]);

    private static Protocol OrThrow(ProtocolLoad load) => load switch
    {
        ProtocolLoad.Loaded loaded => loaded.Protocol,
        ProtocolLoad.Faulty faulty => throw new InvalidOperationException(
            $"The protocol has faults:{Environment.NewLine}{string.Join(Environment.NewLine, faulty.Faults)}"),
        _ => throw new InvalidOperationException("A load is either loaded or faulty."),
    };

    private static Node Root(string name, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents, FaultList faults)
    {
        if (documents.TryGetValue(name, out var content))
        {
            return DocumentReader.Root(name, content, faults);
        }

        faults.Add(name, "", "The document is missing.");
        return new Node(faults, name, "", null);
    }

    private static Protocol Read(Dictionary<string, Node> roots, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents, FaultList faults)
    {
        var judging = ReadJudging(roots, Manifested(roots[Manifest], isArchived: false), documents, faults);
        var labs = roots[Labs].Fields(LabKeys);
        var texts = Languages.ToDictionary(l => l, l => PatientTextReader.Read(roots[PatientTextReader.FileName(l)], l, judging.Rules));
        var answers = AnswerContentReader.Read(roots[AnswerContentReader.FileName]);
        return judging with
        {
            Questionnaire = judging.Questionnaire with { Reading = answers },
            Texts = texts[SmsLanguage.English],
            Translations = texts,
            Labs = LabReader.Read(labs["required"], judging.Rules.Rules),
            Lab = LabContentReader.Read(labs, judging.LabValues),
            Reminders = ReminderContent.Read(roots, [.. Vocabulary.IndicationsOf(judging.Questionnaire)]),
        };
    }

    // The set that ships says what its rules mean; one from before there was a number means the first.
    private static Fields Manifested(Node root, bool isArchived)
    {
        string[] always = ["id", "version", "title", "effectiveFrom", "signedBy"];
        string[] later = [SemanticsKey, EarlierKey];
        var fields = isArchived ? root.Fields(always, later) : root.Fields([.. always, .. later]);
        if (fields.Find(SemanticsKey) is { } key && key.Whole(Semantics.First, Semantics.Current) != Semantics.Current && !isArchived)
        {
            key.Fault($"Needs {Semantics.Current}: another number means what stored screenings were judged by.");
        }

        return fields;
    }

    private static Protocol ReadJudging(
        Dictionary<string, Node> roots, Fields manifest, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents, FaultList faults)
    {
        var questionnaire = QuestionnaireReader.Read(roots[Questions], documents.GetValueOrDefault(Questions));
        questionnaire = questionnaire with { Earlier = QuestionnaireReader.Earlier(manifest.Find(EarlierKey), questionnaire.Version) };
        var scales = ScaleReader.Read(roots[Scales], questionnaire);
        var labValues = MeasuredValues.Read(roots[Labs].Fields([], LabKeys)["values"]);
        var scalesById = scales.GroupBy(s => s.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var rules = RuleBookReader.Read(roots[Rules], questionnaire, scalesById, labValues, out var readings);
        return new Protocol(
            manifest["id"].Text(), QuestionnaireReader.Semantic(manifest["version"]), manifest["signedBy"].TextOrNull(),
            faults.IsEmpty ? Hash(documents) : "", questionnaire,
            rules with { Semantics = (int?)manifest.Find(SemanticsKey)?.Number() ?? Semantics.First }, scales, ProtocolTexts.None, documents)
        {
            Title = manifest["title"].Text(),
            EffectiveFrom = Day(manifest["effectiveFrom"]),
            LabValues = labValues,
            Readings = readings,
        };
    }

    private static LocalDate Day(Node node)
    {
        var text = node.Text();
        var day = LocalDatePattern.Iso.Parse(text);
        if (!day.Success && text.Length > 0)
        {
            node.Fault("Needs a date of the form 2026-01-31.");
        }

        return day.Success ? day.Value : default;
    }

    /// <summary>Name, length and content of each document, so that no content can pose as another document's.</summary>
    private static string Hash(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = new byte[sizeof(long)];
        foreach (var (name, content) in documents.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\0"));
            BinaryPrimitives.WriteInt64BigEndian(length, content.Length);
            hash.AppendData(length);
            hash.AppendData(content.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
