using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Protocols.Loading;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Reminders;

/// <summary>Reads and checks a protocol's reminder plan.</summary>
public static class ReminderRulesReader
{
    /// <summary>The document's name inside a protocol.</summary>
    public const string FileName = "reminders.json";

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>The rules, or null with everything that is wrong.</summary>
    public static (ReminderRules? Rules, IReadOnlyList<ProtocolFault> Faults) Read(ReadOnlyMemory<byte> json)
    {
        var faults = new FaultList();
        var rules = Read(DocumentReader.Root(FileName, json, faults));
        return faults.IsEmpty ? (rules, []) : (null, faults.All);
    }

    internal static ReminderRules Read(Node root)
    {
        var parts = root.Fields(["version", "fasting", "alcohol", "visit", "series", "window", "caps", "weekBefore", "dayBefore", "dayOf", "eveningAfter"]);
        var fasting = parts["fasting"].Fields(["solidsHours", "clearLiquidsHours"]);
        var alcohol = parts["alcohol"].Fields(["beforeHours", "afterHours"]);
        var caps = parts["caps"].Fields(["perDay", "perSevenDays"]);
        var rules = new ReminderRules(
            parts["version"].Text(),
            fasting["solidsHours"].Whole(4, 12),
            fasting["clearLiquidsHours"].Whole(1, 8),
            alcohol["beforeHours"].Whole(24, 96),
            alcohol["afterHours"].Whole(24, 96),
            Visits(parts["visit"], parts["series"]),
            Window(parts["window"]),
            new TextCaps(caps["perDay"].Whole(1, 2), caps["perSevenDays"].Whole(1, 6)),
            Times(parts));
        if (rules.SolidsHours < rules.ClearLiquidsHours)
        {
            parts["fasting"].Fault("Water may not stop before food.");
        }

        return rules;
    }

    private static VisitRules Visits(Node visit, Node series)
    {
        var minutes = visit.Fields(["infusionMinutes", "consultMinutes", "examMinutes"]);
        var rhythm = series.Fields(["sessions", "perWeek", "minimumGapHours"]);
        return new VisitRules(
            minutes["infusionMinutes"].Whole(30, 480),
            minutes["consultMinutes"].Whole(10, 480),
            minutes["examMinutes"].Whole(10, 480),
            rhythm["sessions"].Whole(1, SeriesPlan.MaximumSessions),
            rhythm["perWeek"].Whole(1, SeriesPlan.MaximumPerWeek),
            rhythm["minimumGapHours"].Whole(24, 168));
    }

    private static TextWindow Window(Node node)
    {
        var fields = node.Fields(["from", "before"]);
        var window = new TextWindow(Time(fields["from"]), Time(fields["before"]));
        if (!window.IsUsable && !fields["from"].IsMissing && !fields["before"].IsMissing)
        {
            node.Fault("Texts go between 09:00 and 20:00, or in a part of it.");
        }

        return window;
    }

    private static ReminderTimes Times(Fields parts)
    {
        var weekBefore = parts["weekBefore"].Fields(["days", "at"]);
        var dayOf = parts["dayOf"].Fields(["hoursBefore", "minutesBeforeWaterCutOff"]);
        return new ReminderTimes(
            weekBefore["days"].Whole(3, 14),
            Time(weekBefore["at"]),
            Time(parts["dayBefore"].Fields(["at"])["at"]),
            dayOf["hoursBefore"].Whole(1, 12),
            dayOf["minutesBeforeWaterCutOff"].Whole(0, 240),
            Time(parts["eveningAfter"].Fields(["at"])["at"]));
    }

    private static LocalTime Time(Node node)
    {
        var text = node.Text();
        var parsed = Clock.Parse(text);
        if (!parsed.Success && text.Length > 0)
        {
            node.Fault("Needs a time such as 18:00.");
        }

        return parsed.TryGetValue(LocalTime.Midnight, out var time) ? time : LocalTime.Midnight;
    }
}
