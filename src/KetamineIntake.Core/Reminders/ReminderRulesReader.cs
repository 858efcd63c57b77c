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
    /// <param name="indications">Codes that may be called pain.</param>
    public static (ReminderRules? Rules, IReadOnlyList<ProtocolFault> Faults) Read(ReadOnlyMemory<byte> json, IReadOnlyCollection<string> indications)
    {
        var faults = new FaultList();
        var rules = Read(DocumentReader.Root(FileName, json, faults), indications);
        return faults.IsEmpty ? (rules, []) : (null, faults.All);
    }

    internal static ReminderRules Read(Node root, IReadOnlyCollection<string> indications)
    {
        var parts = root.Fields(["version", "fasting", "alcohol", "visit", "series", "window", "caps", "weekBefore", "dayBefore", "dayOf", "eveningAfter", "changes", "labs", "doubts"]);
        var fasting = Sourced(parts["fasting"], "solidsHours", "heavyMealHours", "clearLiquidsHours");
        var alcohol = Sourced(parts["alcohol"], "beforeHours", "afterHours");
        var caps = Sourced(parts["caps"], "perDay", "perSevenDays");
        var rules = new ReminderRules(
            parts["version"].Text(),
            fasting["solidsHours"].Whole(4, 12),
            fasting["clearLiquidsHours"].Whole(1, 8),
            alcohol["beforeHours"].Whole(24, 96),
            alcohol["afterHours"].Whole(24, 96),
            Visits(parts["visit"], parts["series"], indications),
            Window(parts["window"]),
            new TextCaps(caps["perDay"].Whole(1, 2), caps["perSevenDays"].Whole(1, 8)),
            Times(parts))
        {
            HeavyMealHours = fasting["heavyMealHours"].Whole(4, 24),
            Doubts = Doubts(parts["doubts"]),
        };
        if (rules.SolidsHours < rules.ClearLiquidsHours)
        {
            parts["fasting"].Fault("Water may not stop before food.");
        }

        if (rules.HeavyMealHours < rules.SolidsHours)
        {
            parts["fasting"].Fault("A heavy meal may not be allowed longer than a light one.");
        }

        return rules;
    }

    // What is clinical says where it comes from.
    private static Fields Sourced(Node node, params string[] names)
    {
        var fields = node.Fields([.. names, "source"]);
        fields["source"].Text();
        return fields;
    }

    private static VisitRules Visits(Node visit, Node series, IReadOnlyCollection<string> indications)
    {
        var minutes = Sourced(visit, "chairMinutes", "observeMinutes", "infusionMinutes", "painIndications", "consultMinutes", "examMinutes");
        var drip = minutes["infusionMinutes"].Fields(["mood", "pain"]);
        var rhythm = Sourced(series, "sessions", "perWeek", "minimumGapHours", "usualWeeks");
        var rules = new VisitRules(
            minutes["chairMinutes"].Whole(30, 480),
            minutes["consultMinutes"].Whole(10, 480),
            minutes["examMinutes"].Whole(10, 480),
            rhythm["sessions"].Whole(1, SeriesPlan.MaximumSessions),
            rhythm["perWeek"].Whole(1, SeriesPlan.MaximumPerWeek),
            rhythm["minimumGapHours"].Whole(24, 168))
        {
            DripMinutes = drip["mood"].Whole(10, 360),
            PainDripMinutes = drip["pain"].Whole(10, 360),
            ObserveMinutes = minutes["observeMinutes"].Whole(30, 240),
            UsualWeeks = rhythm["usualWeeks"].Whole(1, 12),
            PainIndications = [.. minutes["painIndications"].Elements().Select(n => Indication(n, indications))],
        };
        if (rules.InfusionMinutes < rules.DripMinutes + rules.ObserveMinutes)
        {
            minutes["chairMinutes"].Fault("A visit may not be shorter than infusion and observation.");
        }

        return rules;
    }

    private static string Indication(Node node, IReadOnlyCollection<string> known)
    {
        var code = node.Text();
        if (code.Length > 0 && !known.Contains(code, StringComparer.Ordinal))
        {
            node.Fault($"\"{code}\" is no indication of the questionnaire.");
        }

        return code;
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
        var weekBefore = parts["weekBefore"].Fields(["days", "at", "onlyWhenBookedMoreThanDaysAhead"]);
        var dayOf = parts["dayOf"].Fields(["hoursBefore", "minutesBeforeWaterCutOff"]);
        var evening = parts["eveningAfter"].Fields(["minutesAfterEnd", "latest"]);
        return new ReminderTimes(
            weekBefore["days"].Whole(3, 14),
            Time(weekBefore["at"]),
            Time(parts["dayBefore"].Fields(["at"])["at"]),
            dayOf["hoursBefore"].Whole(1, 12),
            dayOf["minutesBeforeWaterCutOff"].Whole(0, 240),
            Time(evening["latest"]))
        {
            BookedLateDays = weekBefore["onlyWhenBookedMoreThanDaysAhead"].Whole(3, 21),
            EveningAfterMinutes = evening["minutesAfterEnd"].Whole(0, 240),
            ChangeMinutes = parts["changes"].Fields(["minutesAfterLast"])["minutesAfterLast"].Whole(1, 60),
            LabsDays = parts["labs"].Fields(["daysBefore"])["daysBefore"].Whole(1, 21),
        };
    }

    // The law leaves no longer; a clinic without hours still has a day.
    private static DoubtTimes Doubts(Node node)
    {
        var fields = Sourced(node, "askedWithinMinutes", "businessDayEnds");
        return new DoubtTimes(Duration.FromMinutes(fields["askedWithinMinutes"].Whole(1, 5)), Time(fields["businessDayEnds"]));
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
