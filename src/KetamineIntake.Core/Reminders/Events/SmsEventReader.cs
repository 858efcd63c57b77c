using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Reminders.Events;

/// <summary>
/// Reads Event Grid's schema: one event or an array of them. Field names differ between documentation, samples and SDK (<c>tag</c> and <c>Tag</c>, numbers with and without
/// <c>+</c>), so names are compared without case and numbers normalised.
/// </summary>
public static class SmsEventReader
{
    public const int MaximumEvents = 1000;
    private const int MaximumText = 4000;
    private const string ReceivedType = "Microsoft.Communication.SMSReceived";
    private const string ReportType = "Microsoft.Communication.SMSDeliveryReportReceived";
    private const string ValidationType = "Microsoft.EventGrid.SubscriptionValidationEvent";

    private static readonly Regex FourDigits = new(@"\b[2-9][0-9]{3}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>
    /// The events that can be read, in their order, and what is wrong with the others: a faulty event must not keep a STOP beside it from being heard. The caller acts on the
    /// events first, then reports the faults.
    /// </summary>
    public static (IReadOnlyList<SmsEvent> Events, IReadOnlyList<SmsEventFault> Faults) Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonBody.TryParse(json);
        return document is null ? ([], [new SmsEventFault(string.Empty, "The body is not JSON.")]) : ReadAll(document.RootElement);
    }

    private static (IReadOnlyList<SmsEvent> Events, IReadOnlyList<SmsEventFault> Faults) ReadAll(JsonElement root)
    {
        var isArray = root.ValueKind == JsonValueKind.Array;
        if (isArray && root.GetArrayLength() is 0 or > MaximumEvents)
        {
            return ([], [new SmsEventFault(string.Empty, $"1 to {MaximumEvents} events are expected.")]);
        }

        var faults = new List<SmsEventFault>();
        var elements = isArray ? root.EnumerateArray().ToArray() : [root];
        var events = new List<SmsEvent>();
        for (var i = 0; i < elements.Length; i++)
        {
            var own = new List<SmsEventFault>();
            var read = ReadEvent(new Fields(elements[i], isArray ? $"/{i.ToString(CultureInfo.InvariantCulture)}" : string.Empty, own));
            events.AddRange(own.Count == 0 ? [read] : []);
            faults.AddRange(own);
        }

        return (events, faults);
    }

    private static SmsEvent ReadEvent(Fields envelope)
    {
        var id = envelope.Required("id");
        var type = envelope.Required("eventType");
        bool Is(string name) => string.Equals(type, name, StringComparison.OrdinalIgnoreCase);
        return Is(ReceivedType) ? ReadReceived(id, envelope.Inside("data"))
            : Is(ReportType) ? ReadReport(id, envelope.Inside("data"))
            : Is(ValidationType) ? new SmsEvent.SubscriptionValidation(id, envelope.Inside("data").Required("validationCode"))
            : new SmsEvent.Other(id, type);
    }

    private static SmsEvent.Received ReadReceived(string id, Fields data) => new(
        id, Number(data.Required("from", "sender")), Number(data.Required("to", "recipient")), Short(data.Present("message", "body")), At(data.Optional("receivedTimestamp", "receivedAt")));

    private static SmsEvent.DeliveryReport ReadReport(string id, Fields data)
    {
        var status = data.Required("deliveryStatus", "status");
        var details = data.Optional("deliveryStatusDetails", "statusDetails", "errorCode");
        var delivered = string.Equals(status, "Delivered", StringComparison.OrdinalIgnoreCase);
        return new SmsEvent.DeliveryReport(
            id, data.Required("messageId"), Number(data.Required("from", "sender")), Number(data.Required("to", "recipient")), delivered,
            CodeIn(details), data.Optional("tag"), At(data.Optional("receivedTimestamp", "receivedAt")));
    }

    private static int? CodeIn(string? details) =>
        details is not null && FourDigits.Match(details) is { Success: true } code ? int.Parse(code.Value, CultureInfo.InvariantCulture) : null;

    /// <summary>E.164 for digits with or without "+" and with the usual marks between; short codes and anything else as they are.</summary>
    internal static string Number(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var isNumber = text.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '(' or ')' or '.') && digits.Length is >= 8 and <= 15;
        return isNumber ? "+" + (digits.Length == 10 && !text.Contains('+', StringComparison.Ordinal) ? "1" + digits : digits) : text;
    }

    private static Instant? At(string? text) =>
        text is not null && OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } parsed ? parsed.Value.ToInstant() : null;

    private static string Short(string text) => text.Length <= MaximumText ? text : text[..MaximumText];

    /// <summary>The members of one object, found by any of their names without regard to case.</summary>
    private readonly struct Fields(JsonElement element, string path, List<SmsEventFault> faults)
    {
        public string Required(params ReadOnlySpan<string> names)
        {
            if (Optional(names) is { Length: > 0 } text)
            {
                return text;
            }

            faults.Add(new SmsEventFault($"{path}/{names[0]}", "Text is expected."));
            return string.Empty;
        }

        /// <summary>May be empty: a picture message has no words.</summary>
        public string Present(params ReadOnlySpan<string> names)
        {
            if (Optional(names) is { } text)
            {
                return text;
            }

            faults.Add(new SmsEventFault($"{path}/{names[0]}", "Text is expected."));
            return string.Empty;
        }

        public string? Optional(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (Find(name) is { ValueKind: JsonValueKind.String } value)
                {
                    return value.GetString();
                }
            }

            return null;
        }

        public Fields Inside(string name)
        {
            var inner = Find(name);
            if (inner is not { ValueKind: JsonValueKind.Object })
            {
                faults.Add(new SmsEventFault($"{path}/{name}", "An object is expected."));
            }

            return new Fields(inner ?? default, $"{path}/{name}", inner is null ? [] : faults);
        }

        private JsonElement? Find(string name)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            foreach (var property in element.EnumerateObject())
            {
                if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return property.Value;
                }
            }

            return null;
        }
    }
}
