using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders;
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
    private const string Texts = "texts.en.json";
    private static readonly string[] Judging = [Labs, Manifest, Questions, Rules, Scales, Texts];
    private static readonly string[] Names = [.. Judging, .. ReminderContent.FileNames];

    /// <param name="documents">Content by file name, without a folder.</param>
    public static ProtocolLoad Load(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents)
    {
        var faults = new FaultList();
        foreach (var name in documents.Keys.Where(n => !Names.Contains(n, StringComparer.Ordinal)))
        {
            faults.Add(name, "", "A protocol has no document of this name.");
        }

        var roots = Names.ToDictionary(n => n, n => Root(n, documents, faults), StringComparer.Ordinal);
        return Loaded(Read(roots, documents) with { Reminders = ReminderContent.Read(roots) }, documents, faults);
    }

    /// <summary>
    /// The protocol of documents that were kept to replay screenings. Only what judges is read: earlier versions knew other texts, and fewer documents, and none of them is sent any more.
    /// </summary>
    /// <exception cref="InvalidOperationException">This program can no longer read the documents; the message lists every fault.</exception>
    public static Protocol LoadArchivedOrThrow(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents)
    {
        var faults = new FaultList();
        var roots = Judging.ToDictionary(n => n, n => Root(n, documents, faults), StringComparer.Ordinal);
        return OrThrow(Loaded(Read(roots, documents), documents, faults));
    }

    private static ProtocolLoad Loaded(Protocol protocol, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents, FaultList faults) => faults.IsEmpty
        ? new ProtocolLoad.Loaded(protocol with { Hash = Hash(documents) })
        : new ProtocolLoad.Faulty([.. faults.All.OrderBy(f => f.File, StringComparer.Ordinal)]);

    /// <exception cref="InvalidOperationException">The documents have faults; the message lists them all.</exception>
    public static Protocol LoadOrThrow(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents) => OrThrow(Load(documents));

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

    private static Protocol Read(Dictionary<string, Node> roots, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents)
    {
        var manifest = roots[Manifest].Fields(["id", "version", "title", "effectiveFrom", "signedBy"]);
        var questionnaire = QuestionnaireReader.Read(roots[Questions], documents.GetValueOrDefault(Questions));
        var scales = ScaleReader.Read(roots[Scales], questionnaire);
        var labs = roots[Labs].Fields(["required", "values"]);
        var labValues = MeasuredValues.Read(labs["values"]);
        var scalesById = scales.GroupBy(s => s.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var rules = RuleBookReader.Read(roots[Rules], questionnaire, scalesById, labValues, out var readings);
        var texts = PatientTextReader.Read(roots[Texts]);
        return new Protocol(
            manifest["id"].Text(), QuestionnaireReader.Semantic(manifest["version"]), manifest["signedBy"].TextOrNull(),
            "", questionnaire, rules, scales, texts, documents)
        {
            Title = manifest["title"].Text(),
            EffectiveFrom = Day(manifest["effectiveFrom"]),
            Labs = LabReader.Read(labs["required"], rules.Rules),
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
