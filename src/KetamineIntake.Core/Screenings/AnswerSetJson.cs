using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Screenings;

/// <summary>Answers as they are stored: each tagged with its kind, so that a record can be read without the questionnaire it answered.</summary>
public sealed class AnswerSetJson : JsonConverter<AnswerSet>
{
    public override AnswerSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new AnswerSet(document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => ReadAnswer(p.Value), StringComparer.Ordinal));
    }

    public override void Write(Utf8JsonWriter writer, AnswerSet value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (linkId, answer) in value.All)
        {
            writer.WritePropertyName(linkId);
            WriteAnswer(writer, answer);
        }

        writer.WriteEndObject();
    }

    private static Answer ReadAnswer(JsonElement tagged)
    {
        var (kind, value) = tagged.EnumerateObject().Select(p => (p.Name, p.Value)).Single();
        return kind switch
        {
            "choice" => new Answer.Choice(value.GetString()!),
            "choices" => new Answer.Choices([.. value.EnumerateArray().Select(c => c.GetString()!)]),
            "number" => new Answer.Number(value.GetDecimal()),
            "date" => new Answer.Date(PartialDateText.Parse(value.GetString()!) ?? throw new JsonException("A stored date is unreadable.")),
            "text" => new Answer.Text(value.GetString()!),
            "notSure" => Answer.NotSure.Instance,
            _ => throw new JsonException($"A stored answer has the unknown kind {kind}."),
        };
    }

    private static void WriteAnswer(Utf8JsonWriter writer, Answer answer)
    {
        writer.WriteStartObject();
        switch (answer)
        {
            case Answer.Choice choice:
                writer.WriteString("choice", choice.Code);
                break;
            case Answer.Choices choices:
                writer.WriteStartArray("choices");
                choices.Codes.ToList().ForEach(writer.WriteStringValue);
                writer.WriteEndArray();
                break;
            case Answer.Number number:
                writer.WriteNumber("number", number.Value);
                break;
            case Answer.Date date:
                writer.WriteString("date", PartialDateText.Format(date.Value));
                break;
            case Answer.Text text:
                writer.WriteString("text", text.Value);
                break;
            default:
                writer.WriteBoolean("notSure", true);
                break;
        }

        writer.WriteEndObject();
    }
}

/// <summary>Partial dates in the contract's form: YYYY, YYYY-MM or YYYY-MM-DD.</summary>
public static class PartialDateText
{
    private static readonly LocalDatePattern Year = LocalDatePattern.CreateWithInvariantCulture("uuuu");
    private static readonly LocalDatePattern Month = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM");

    /// <summary>Null when the text is no such date, or no date at all (2026-02-30).</summary>
    public static PartialDate? Parse(string text)
    {
        var pattern = text.Length switch { 4 => Year, 7 => Month, 10 => LocalDatePattern.Iso, _ => null };
        if (pattern is null || !pattern.Parse(text).TryGetValue(default, out LocalDate date) || date.Year < 1)
        {
            return null;
        }

        return new PartialDate(date.Year, text.Length > 4 ? date.Month : null, text.Length > 7 ? date.Day : null);
    }

    public static string Format(PartialDate date) => (date.Month, date.Day) switch
    {
        (null, _) => $"{date.Year:D4}",
        ({ } month, null) => $"{date.Year:D4}-{month:D2}",
        ({ } month, { } day) => $"{date.Year:D4}-{month:D2}-{day:D2}",
    };
}
