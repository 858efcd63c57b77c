using System.Globalization;
using System.Text.Json;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Reminders;

/// <summary>Reads and checks a protocol's reminder plan. Every fault is reported, not only the first.</summary>
public static class ReminderRulesReader
{
    /// <summary>The rules, or null with what is wrong.</summary>
    public static (ReminderRules? Rules, IReadOnlyList<TextFault> Faults) Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var values = new Values(document.RootElement);
            var rules = Build(values);
            var faults = values.Faults().Concat(Contradictions(rules)).ToList();
            return faults.Count == 0 ? (rules, faults) : (null, faults);
        }
        catch (JsonException broken)
        {
            return (null, [new TextFault(string.Empty, $"Not JSON (line {broken.LineNumber + 1}).")]);
        }
    }

    private static ReminderRules Build(Values values) => new(
        values.Text("/version"),
        values.Number("/fasting/solidsHours", 4, 12),
        values.Number("/fasting/clearLiquidsHours", 1, 8),
        values.Number("/alcohol/beforeHours", 24, 96),
        values.Number("/alcohol/afterHours", 24, 96),
        new VisitRules(
            values.Number("/visit/infusionMinutes", 30, 480),
            values.Number("/visit/consultMinutes", 10, 480),
            values.Number("/visit/examMinutes", 10, 480),
            values.Number("/series/sessions", 1, SeriesPlan.MaximumSessions),
            values.Number("/series/perWeek", 1, SeriesPlan.MaximumPerWeek),
            values.Number("/series/minimumGapHours", 24, 168)),
        new TextWindow(values.Time("/window/from"), values.Time("/window/before")),
        new TextCaps(values.Number("/caps/perDay", 1, 2), values.Number("/caps/perSevenDays", 1, 6)),
        new ReminderTimes(
            values.Number("/weekBefore/days", 3, 14),
            values.Time("/weekBefore/at"),
            values.Time("/dayBefore/at"),
            values.Number("/dayOf/hoursBefore", 1, 12),
            values.Number("/dayOf/minutesBeforeWaterCutOff", 0, 240),
            values.Time("/eveningAfter/at")));

    private static IEnumerable<TextFault> Contradictions(ReminderRules rules)
    {
        if (rules.SolidsHours < rules.ClearLiquidsHours)
        {
            yield return new TextFault("/fasting", "Water may not stop before food.");
        }

        if (!rules.Window.IsUsable)
        {
            yield return new TextFault("/window", "Texts go between 09:00 and 20:00, or in a part of it.");
        }
    }

    /// <summary>The leaves of a document by JSON pointer; what nobody asks for is unknown.</summary>
    private sealed class Values
    {
        private readonly Dictionary<string, JsonElement> leaves = new(StringComparer.Ordinal);
        private readonly HashSet<string> known = new(StringComparer.Ordinal);
        private readonly List<TextFault> faults = [];

        public Values(JsonElement root) => Flatten(root, string.Empty);

        public IEnumerable<TextFault> Faults() =>
            faults.Concat(leaves.Keys.Where(k => !known.Contains(k)).Select(k => new TextFault(k, "Unknown key.")));

        public string Text(string path) => Find(path, JsonValueKind.String) is { } value ? value.GetString()! : string.Empty;

        public int Number(string path, int minimum, int maximum)
        {
            if (Find(path, JsonValueKind.Number) is not { } value)
            {
                return minimum;
            }

            if (value.TryGetInt32(out var number) && number >= minimum && number <= maximum)
            {
                return number;
            }

            faults.Add(new TextFault(path, string.Create(CultureInfo.InvariantCulture, $"A whole number from {minimum} to {maximum} is expected.")));
            return minimum;
        }

        public LocalTime Time(string path)
        {
            var text = Text(path);
            var parsed = LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text);
            if (text.Length > 0 && !parsed.Success)
            {
                faults.Add(new TextFault(path, "A time such as 18:00 is expected."));
            }

            return parsed.TryGetValue(LocalTime.Midnight, out var time) ? time : LocalTime.Midnight;
        }

        private JsonElement? Find(string path, JsonValueKind kind)
        {
            known.Add(path);
            if (leaves.TryGetValue(path, out var value) && value.ValueKind == kind)
            {
                return value;
            }

            faults.Add(new TextFault(path, $"A {(kind == JsonValueKind.String ? "text" : "number")} is expected."));
            return null;
        }

        private void Flatten(JsonElement element, string path)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                leaves[path] = element;
                return;
            }

            foreach (var property in element.EnumerateObject())
            {
                var inner = $"{path}/{property.Name}";
                if (leaves.ContainsKey(inner))
                {
                    faults.Add(new TextFault(inner, "The key comes twice."));
                }

                Flatten(property.Value, inner);
            }
        }
    }
}
