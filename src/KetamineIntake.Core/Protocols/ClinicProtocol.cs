using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Screenings;
using Node = KetamineIntake.Core.Protocols.Loading.Node;

namespace KetamineIntake.Core.Protocols;

/// <summary>What a clinic's overrides came to: its rules, or everything that is wrong with them.</summary>
public abstract record ClinicRules
{
    private ClinicRules()
    {
    }

    public sealed record Applied(RuleBook Rules) : ClinicRules;

    /// <summary>Never empty; file "overrides". Nothing was applied.</summary>
    public sealed record Refused(IReadOnlyList<ProtocolFault> Faults) : ClinicRules;
}

/// <summary>
/// A clinic may be more careful than its protocol as it likes, and less careful only within limits and with a recorded sign-off.
/// </summary>
public static class ClinicProtocol
{
    private const string File = "overrides";

    public static ClinicRules Apply(RuleBook book, ClinicOverrides overrides)
    {
        var faults = new FaultList();
        CheckSeverities(book, overrides.Severities, faults);
        CheckParameters(book, overrides.Parameters, faults);
        CheckIndications(book, overrides.Indications, faults);
        return faults.IsEmpty ? new ClinicRules.Applied(Overridden(book, overrides)) : new ClinicRules.Refused(faults.All);
    }

    /// <summary>The rules of a clinic whose overrides were checked when they were set.</summary>
    /// <exception cref="InvalidOperationException">They do not fit this protocol any more; the message lists every fault.</exception>
    public static RuleBook ApplyOrThrow(RuleBook book, ClinicOverrides overrides, string clinic) => Apply(book, overrides) switch
    {
        ClinicRules.Applied applied => applied.Rules,
        ClinicRules.Refused refused => throw new InvalidOperationException(
            $"The overrides of clinic {clinic} do not fit the protocol:{Environment.NewLine}{string.Join(Environment.NewLine, refused.Faults)}"),
        _ => throw new InvalidOperationException("Overrides are either applied or refused."),
    };

    private static void CheckSeverities(RuleBook book, IReadOnlyList<SeverityOverride> overrides, FaultList faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < overrides.Count; i++)
        {
            var (id, severity, signedBy) = overrides[i];
            var rule = book.Rules.FirstOrDefault(r => r.Id == id);
            var detail = rule is null ? $"There is no rule \"{id}\"."
                : !seen.Add(id) ? $"The rule \"{id}\" stands here twice."
                : !Enum.IsDefined(severity) ? "There is no such severity."
                : rule.Urgency != Urgency.None && severity == Severity.Absolute ? $"{id} tells how soon to look and makes nobody ineligible."
                : severity >= rule.Severity ? null
                : rule.Floor ? $"No clinic may lower {id}."
                : rule.Urgency >= Urgency.High && severity < Severity.Review ? $"{id} marks high urgency and stays at review or above."
                : string.IsNullOrWhiteSpace(signedBy) ? $"Lowering {id} needs a recorded sign-off."
                : null;
            AddIf(detail, $"/severities/{i}", faults);
        }
    }

    private static void CheckParameters(RuleBook book, IReadOnlyList<ParameterOverride> overrides, FaultList faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < overrides.Count; i++)
        {
            var (name, value, signedBy) = overrides[i];
            var parameter = book.Parameters.FirstOrDefault(p => p.Name == name);
            var detail = parameter is null ? $"There is no parameter \"{name}\"."
                : !seen.Add(name) ? $"The parameter \"{name}\" stands here twice."
                : value < parameter.Minimum || value > parameter.Maximum ? $"{name} stays from {parameter.Minimum} to {parameter.Maximum}."
                : IsLessSafe(parameter, value) && string.IsNullOrWhiteSpace(signedBy) ? $"Setting {name} to the less safe side needs a recorded sign-off."
                : null;
            AddIf(detail, $"/parameters/{i}", faults);
        }
    }

    private static bool IsLessSafe(RuleParameter parameter, decimal value) =>
        parameter.SaferIsLower ? value > parameter.Value : value < parameter.Value;

    private static void CheckIndications(RuleBook book, IReadOnlyList<string>? codes, FaultList faults)
    {
        if (codes is null)
        {
            return;
        }

        AddIf(codes.Count == 0 ? "A clinic treats at least one indication." : null, "/indications", faults);
        var known = book.Source?.Vocabulary.KnownIndications.ToHashSet(StringComparer.Ordinal) ?? [.. book.Indications];
        for (var i = 0; i < codes.Count; i++)
        {
            var isNew = !codes.Take(i).Contains(codes[i], StringComparer.Ordinal);
            AddIf(known.Contains(codes[i]) && isNew ? null : $"\"{codes[i]}\" is no known indication, or stands here twice.", $"/indications/{i}", faults);
        }
    }

    private static void AddIf(string? detail, string path, FaultList faults)
    {
        if (detail is not null)
        {
            faults.Add(File, path, detail);
        }
    }

    private static RuleBook Overridden(RuleBook book, ClinicOverrides overrides)
    {
        var severities = overrides.Severities.ToDictionary(o => o.Rule, o => o.Severity, StringComparer.Ordinal);
        var values = overrides.Parameters.ToDictionary(o => o.Parameter, o => o.Value, StringComparer.Ordinal);
        var parameters = book.Parameters.Select(p => values.TryGetValue(p.Name, out var value) ? p with { Value = value } : p).ToList();
        var indications = overrides.Indications ?? book.Indications;
        var source = book.Source is null ? null : book.Source with
        {
            Vocabulary = book.Source.Vocabulary with
            {
                Parameters = parameters.ToDictionary(p => p.Name, StringComparer.Ordinal),
                Indications = indications,
            },
        };
        var rules = book.Rules
            .Select(r => severities.TryGetValue(r.Id, out var severity) ? With(r, severity) : r)
            .Select(r => source is null ? r : r with { When = FillIn(r, source) })
            .ToList();
        return book with { Rules = rules, Parameters = parameters, Indications = indications, Source = source };
    }

    // Whoever raises a rule wants to hear of it while it is open too.
    private static Rule With(Rule rule, Severity severity) => rule with
    {
        Severity = severity,
        Hold = rule.Hold && severity == Severity.Absolute,
        OpenAs = severity > rule.Severity ? null : rule.OpenAs,
    };

    /// <summary>The conditions were read without a fault before; a value within its parameter's range cannot bring one.</summary>
    private static Condition FillIn(Rule rule, RuleSource source)
    {
        var faults = new FaultList();
        var condition = new ConditionReader(source.Vocabulary, rule.Stage).Read(new Node(faults, File, "", source.Conditions[rule.Id]));
        return faults.IsEmpty ? condition : throw new InvalidOperationException($"Rule {rule.Id} no longer reads: {faults.All[0].Detail}");
    }
}
