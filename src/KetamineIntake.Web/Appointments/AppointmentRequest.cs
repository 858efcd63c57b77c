using System.Text.Json;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Web.Appointments;

/// <summary>{"start","kind"?} or {"series":{"first","sessions"?,"perWeek"?}}; times are the clinic's.</summary>
internal static class AppointmentRequest
{
    private static readonly LocalDateTimePattern[] Patterns =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:00"),
    ];

    /// <summary>The request, or what is wrong with it.</summary>
    public static (BookingRequest? Request, IReadOnlyList<FieldFault> Faults) Read(JsonElement root)
    {
        var faults = new List<FieldFault>();
        var members = Members(root, "", ["start", "kind", "series"], faults);
        BookingRequest request = members.TryGetValue("series", out var series) ? Series(series, members, faults) : Visit(members, faults);
        return faults.Count > 0 ? (null, faults) : (request, faults);
    }

    /// <summary>{"start","kind"?}: where an appointment moves to. Its kind cannot change; saying what it is does no harm.</summary>
    public static (LocalDateTime? Start, AppointmentKind? Kind, IReadOnlyList<FieldFault> Faults) ReadMove(JsonElement root)
    {
        var faults = new List<FieldFault>();
        var members = Members(root, "", ["start", "kind"], faults);
        var start = Time(members, "start", "", faults);
        return (start, Kind(members, faults), faults);
    }

    private static BookingRequest.Visit Visit(Dictionary<string, JsonElement> members, List<FieldFault> faults) =>
        new(Time(members, "start", "", faults), Kind(members, faults) ?? AppointmentKind.Infusion);

    private static BookingRequest.Series Series(JsonElement series, Dictionary<string, JsonElement> members, List<FieldFault> faults)
    {
        faults.AddRange(members.Keys.Where(k => k != "series").Select(k => new FieldFault("/" + k, "does not go together with \"series\"")));
        var fields = Members(series, "/series", ["first", "sessions", "perWeek"], faults);
        return new BookingRequest.Series(
            Time(fields, "first", "/series", faults),
            Whole(fields, "sessions", SeriesPlan.MaximumSessions, faults),
            Whole(fields, "perWeek", SeriesPlan.MaximumPerWeek, faults));
    }

    private static Dictionary<string, JsonElement> Members(JsonElement element, string pointer, string[] known, List<FieldFault> faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new FieldFault(pointer, "must be an object"));
            return [];
        }

        var members = JsonValues.Members(element, pointer, faults).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        faults.AddRange(members.Keys.Where(k => !known.Contains(k, StringComparer.Ordinal)).Select(k => new FieldFault(JsonPointer.Append(pointer, k), "is not part of a booking")));
        return members;
    }

    private static LocalDateTime Time(Dictionary<string, JsonElement> members, string name, string pointer, List<FieldFault> faults)
    {
        var text = members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        foreach (var pattern in Patterns)
        {
            if (pattern.Parse(text) is { Success: true } time && StartTime.CanBe(time.Value))
            {
                return time.Value;
            }
        }

        faults.Add(new FieldFault(JsonPointer.Append(pointer, name), "must be the clinic's local time to the minute, such as 2026-12-01T09:00"));
        return default;
    }

    private static AppointmentKind? Kind(Dictionary<string, JsonElement> members, List<FieldFault> faults)
    {
        if (!members.TryGetValue("kind", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && Words.Parse<AppointmentKind>(value.GetString(), AppointmentWords.Of) is { } kind)
        {
            return kind;
        }

        faults.Add(new FieldFault("/kind", "must be infusion, consult or exam"));
        return null;
    }

    private static int? Whole(Dictionary<string, JsonElement> members, string name, int maximum, List<FieldFault> faults)
    {
        if (!members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= maximum)
        {
            return number;
        }

        faults.Add(new FieldFault("/series/" + name, $"must be a whole number from 1 to {maximum}"));
        return null;
    }
}
