using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>
/// Reads laboratory results from a FHIR R4 Observation, DiagnosticReport or Bundle. Each resource is accepted, or refused for a reason that names its place;
/// extensions and profiles that we do not know are no reason, modifier extensions are.
/// </summary>
public static class FhirLabs
{
    private static readonly HashSet<string> BundleTypes =
        new(StringComparer.Ordinal) { "collection", "transaction", "batch", "searchset", "message", "document" };

    public static FhirLabReading Read(JsonElement root, FhirLabContext context)
    {
        var type = root.ValueKind == JsonValueKind.Object ? root.Text("resourceType") : null;
        if (type is not ("Observation" or "DiagnosticReport" or "Bundle"))
        {
            return FhirLabReading.Refused("/resourceType", type ?? "unknown", "must be an Observation, a DiagnosticReport or a Bundle of them");
        }

        if (type == "Bundle" && root.Text("type") is var kind && !BundleTypes.Contains(kind ?? string.Empty))
        {
            return FhirLabReading.Refused("/type", type, "must be collection, transaction, batch, searchset, message or document");
        }

        var document = new FhirDocument(root);
        if (FhirSubjects.Fault(document, context.BirthDate) is { } fault)
        {
            return fault;
        }

        var reading = new Reader(document, context).Read();
        return context.Name is { } name && FhirNames.Contradict(document, name) ? FhirStrangers.Kept(reading, document) : reading;
    }

    /// <summary>How many resources a document has, contained ones included.</summary>
    public static int CountResources(JsonElement root) => root.ValueKind == JsonValueKind.Object ? new FhirDocument(root).Nodes.Count : 0;

    /// <summary>Ids of the patients, of whichever server, that the results of a document say they are about.</summary>
    public static IReadOnlyList<string> PatientsNamed(JsonElement root) => root.ValueKind == JsonValueKind.Object ? [.. FhirSubjects.IdsIn(new FhirDocument(root))] : [];

    private sealed class Reader(FhirDocument document, FhirLabContext context)
    {
        private readonly HashSet<string> wanted =
            context.Requirements.SelectMany(r => r.AnyOf).SelectMany(s => s.AllOf).Select(c => c.Code).ToHashSet(StringComparer.Ordinal);

        private readonly Dictionary<string, FhirVerdict> verdicts = new(StringComparer.Ordinal);
        private readonly List<(LabResult Result, FhirNode Node)> results = [];

        private readonly List<(UnplacedResult What, string Place)> unplaced = [];

        // By the pointer of a panel: those of its parts that are accepted with it.
        private readonly Dictionary<string, List<FhirNode>> claims = new(StringComparer.Ordinal);

        // A part of a report without a date of its own was collected when the report says.
        private readonly Dictionary<string, FhirNode> parents = new(StringComparer.Ordinal);

        // By the pointer of an observation: reports of no test of ours that carry it.
        private readonly Dictionary<string, List<string>> carriers = new(StringComparer.Ordinal);

        // Parts of reports that are taken back, unless another report carries them too.
        private readonly HashSet<string> withdrawn = new(StringComparer.Ordinal);

        public FhirLabReading Read()
        {
            foreach (var node in document.Nodes.OrderBy(Turn))
            {
                Judge(node);
            }

            RefuseNamesakes();
            return new FhirLabReading(
                [.. results.Select(r => FhirResource.IsTakenBack(r.Node) ? r.Result with { Withdraws = Withdrawn(r.Node) } : r.Result)],
                [.. document.Nodes.Select(n => verdicts[n.Pointer])])
            {
                Places = [.. results.Select(r => (IReadOnlyList<string>)[r.Node.Pointer, .. (claims.GetValueOrDefault(r.Node.Pointer) ?? []).Select(p => p.Pointer)])],
                Unplaced = unplaced,
            };
        }

        private void Judge(FhirNode node)
        {
            if (verdicts.ContainsKey(node.Pointer))
            {
                return;
            }

            if (node.Type == "Bundle")
            {
                verdicts[node.Pointer] = Refused(node, null, "is a Bundle inside a Bundle: send it by itself");
                return;
            }

            if (node.Type is not ("Observation" or "DiagnosticReport"))
            {
                verdicts[node.Pointer] = new FhirVerdict(node.Pointer, node.Type, FhirOutcome.PassedOver, "is no laboratory result");
                return;
            }

            var parts = FhirMembers.Of(node, document);
            foreach (var part in parts)
            {
                parents.TryAdd(part.Pointer, node);
            }

            if (FhirResource.IsTakenBack(node))
            {
                Withdraw(parts);
            }

            var reading = FhirResource.Read(node, parts, parents.GetValueOrDefault(node.Pointer), document, wanted, context);
            if (reading.IsOfNoTest)
            {
                Carry(parts, node);
            }

            if (reading.Result is not { } result)
            {
                verdicts[node.Pointer] = reading.Outcome == FhirOutcome.Refused ? Refused(node, reading.Member, reading.Reason) : new FhirVerdict(node.Pointer, node.Type, reading.Outcome, reading.Reason);
                Keep(reading.Unplaced, parts, node);
                return;
            }

            results.Add((result with { Reports = carriers.GetValueOrDefault(node.Pointer) }, node));
            verdicts[node.Pointer] = new FhirVerdict(node.Pointer, node.Type, FhirOutcome.Accepted, reading.Reason + FhirMeaning.Of(result, context));
            if (!result.TakesBack && !result.IsLocalCorrection)
            {
                Claim(parts, node);
            }
        }

        // What a report without a day carries waits with it; what has a day of its own does not.
        private void Keep(UnplacedResult? what, IReadOnlyList<FhirNode> parts, FhirNode node)
        {
            if (what is null)
            {
                return;
            }

            unplaced.Add((what, node.Pointer));
            foreach (var part in what.Result is null ? [] : parts.Where(p => !FhirResource.IsTakenBack(p)))
            {
                verdicts.TryAdd(part.Pointer, new FhirVerdict(part.Pointer, part.Type, FhirOutcome.Kept, "is part of " + Place(node)));
            }
        }

        // Three results with one accession number between them would be kept as versions of one, and two of them be gone.
        private void RefuseNamesakes()
        {
            foreach (var group in results.GroupBy(r => r.Result.Id, StringComparer.Ordinal).Where(g => AreNamesakes([.. g.Select(r => r.Result)])).ToList())
            {
                foreach (var named in group)
                {
                    results.Remove(named);
                    verdicts[named.Node.Pointer] = Refused(named.Node, null, "goes by the same identifier or id as another result of this document: each needs its own");
                    foreach (var part in claims.GetValueOrDefault(named.Node.Pointer) ?? [])
                    {
                        verdicts[part.Pointer] = Refused(part, null, "is part of a result that is refused");
                    }
                }
            }
        }

        // Versions of one result are of the same tests and day and differ in status or time of issue; the same one sent twice is one.
        private static bool AreNamesakes(List<LabResult> all)
        {
            var said = all.Where(r => !r.TakesBack && r.Otherwise is null).Distinct().ToList();
            return said.Exists(r => !r.Codes.Intersect(said[0].Codes, StringComparer.Ordinal).Any() || r.CollectedOn != said[0].CollectedOn)
                || said.Select(r => (r.Status, r.IssuedAt)).Distinct().Count() < said.Count;
        }

        // What is left of a report that is taken back may still say final, and is no new result for all that.
        private void Withdraw(IReadOnlyList<FhirNode> parts)
        {
            foreach (var part in parts.Where(p => !FhirResource.IsTakenBack(p) && !verdicts.ContainsKey(p.Pointer) && !carriers.ContainsKey(p.Pointer)))
            {
                verdicts[part.Pointer] = Refused(part, null, "is part of a report that is taken back");
                withdrawn.Add(part.Pointer);
            }
        }

        // Names of parts that no live report of this document carries, and of those that came before: under a report that names no test of ours each stands alone.
        private IReadOnlyList<string> Withdrawn(FhirNode report) =>
        [
            .. FhirMembers.Of(report, document).Where(p => withdrawn.Contains(p.Pointer)).SelectMany(FhirIdentity.Ids),
            .. FhirMembers.Absent(report, document) ?? [],
        ];

        // A report that is no test of ours leaves its observations to stand by themselves, and still they are its own.
        private void Carry(IReadOnlyList<FhirNode> parts, FhirNode report)
        {
            foreach (var part in parts)
            {
                if (withdrawn.Remove(part.Pointer))
                {
                    verdicts.Remove(part.Pointer);
                }

                var known = carriers.GetValueOrDefault(part.Pointer) ?? [];
                carriers[part.Pointer] = FhirIdentity.SourceOf(report) is { } name ? [.. known, name] : known;
            }
        }

        // A part that takes itself back is judged by itself: an earlier report may carry it.
        private void Claim(IReadOnlyList<FhirNode> parts, FhirNode node)
        {
            var claimed = claims[node.Pointer] = [];
            foreach (var part in parts.Where(p => !FhirResource.IsTakenBack(p)))
            {
                if (withdrawn.Remove(part.Pointer))
                {
                    verdicts.Remove(part.Pointer);
                }

                var verdict = FhirParts.Fault(part, wanted, document, context) is var (member, reason)
                    ? Refused(part, member, reason)
                    : new FhirVerdict(part.Pointer, part.Type, FhirOutcome.Accepted, "is part of " + Place(node));
                // One at fault has a verdict of its own, that its member is to blame.
                if (verdicts.TryAdd(part.Pointer, verdict) && verdict.Outcome == FhirOutcome.Accepted)
                {
                    claimed.Add(part);
                }
            }
        }

        // Whole panels first: an observation that an accepted panel carries does not stand by itself any more, nor does one that only a retracted panel carries.
        private static int Turn(FhirNode node) => (node.Type == "DiagnosticReport", FhirResource.IsTakenBack(node), node.Json.Items("hasMember").Any()) switch
        {
            (true, false, _) => 0,
            (true, true, _) => 1,
            (false, true, true) => 2,
            (false, false, true) => 3,
            _ => 4,
        };

        private static FhirVerdict Refused(FhirNode node, string? member, string reason) =>
            new(string.IsNullOrEmpty(member) ? node.Pointer : node.Pointer + "/" + member, node.Type, FhirOutcome.Refused, reason);

        private static string Place(FhirNode node) => node.Pointer.Length == 0 ? "the document's own resource" : node.Pointer;
    }
}
