using System.Text;
using KetamineIntake.Core.Reminders.Events;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Events;

public class SmsEventReaderTests
{
    private const string Received = """
        {"id":"e1","topic":"/subscriptions/x","subject":"/phonenumber/15555555555","eventType":"Microsoft.Communication.SMSReceived","dataVersion":"1.0","metadataVersion":"1","eventTime":"2026-12-01T14:00:01Z",
         "data":{"MessageId":"m1","From":"15550001111","To":"+18005550100","Message":"STOP","ReceivedTimestamp":"2026-12-01T14:00:00+00:00","SegmentCount":1}}
        """;

    private const string Report = """
        {"id":"e2","eventType":"Microsoft.Communication.SMSDeliveryReportReceived","eventTime":"2026-12-01T14:00:01Z",
         "data":{"messageId":"m2","from":"18005550100","to":"+15550001111","deliveryStatus":"Failed","deliveryStatusDetails":"4007 - opted out","receivedTimestamp":"2026-12-01T14:00:00.5Z",
                 "deliveryAttempts":[{"timestamp":"2026-12-01T14:00:00Z","segmentsSucceeded":0,"segmentsFailed":1}],"Tag":"reminder7"}}
        """;

    [Fact]
    public void An_inbound_text_is_read_whatever_the_case_of_its_fields()
    {
        var expected = new SmsEvent.Received("e1", "+15550001111", "+18005550100", "STOP", Instant.FromUtc(2026, 12, 1, 14, 0));

        Assert.Equal(expected, Assert.Single(Read("[" + Received + "]")));
        Assert.Equal(expected, Assert.Single(Read(Received)));
        Assert.Equal(expected, Assert.Single(Read(Received.Replace("MessageId", "messageId", StringComparison.Ordinal).Replace("\"From\"", "\"from\"", StringComparison.Ordinal).Replace("eventType", "EventType", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_delivery_report_is_read_with_its_code_and_tag() =>
        Assert.Equal(
            new SmsEvent.DeliveryReport("e2", "m2", "+18005550100", "+15550001111", false, 4007, "reminder7", Instant.FromUtc(2026, 12, 1, 14, 0) + Duration.FromMilliseconds(500)),
            Assert.Single(Read(Report)));

    [Theory]
    [InlineData("Delivered", "No error.", true, null)]
    [InlineData("delivered", "2000", true, 2000)]
    [InlineData("Failed", "Error 5002: timed out", false, 5002)]
    [InlineData("Failed", "15550", false, null)]
    public void The_code_is_found_in_the_details(string status, string details, bool delivered, int? code)
    {
        var report = Assert.IsType<SmsEvent.DeliveryReport>(Assert.Single(Read(Report.Replace("\"Failed\"", $"\"{status}\"", StringComparison.Ordinal).Replace("4007 - opted out", details, StringComparison.Ordinal))));

        Assert.Equal((delivered, code), (report.IsDelivered, report.Code));
    }

    [Fact]
    public void The_handshake_of_a_subscription_is_read() =>
        Assert.Equal(
            new SmsEvent.SubscriptionValidation("e3", "512d38b6"),
            Assert.Single(Read("""[{"id":"e3","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6","validationUrl":"https://x"}}]""")));

    [Fact]
    public void Another_kind_of_event_is_named_and_left_alone() =>
        Assert.Equal(new SmsEvent.Other("e4", "Microsoft.Storage.BlobCreated"), Assert.Single(Read("""[{"id":"e4","eventType":"Microsoft.Storage.BlobCreated","data":null}]""")));

    [Fact]
    public void A_picture_without_words_is_an_empty_text() =>
        Assert.Equal(string.Empty, Assert.IsType<SmsEvent.Received>(Assert.Single(Read(Received.Replace("\"STOP\"", "\"\"", StringComparison.Ordinal)))).Message);

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("[]", "")]
    [InlineData("7", "/id")]
    [InlineData("[7]", "/0/id")]
    [InlineData("""[{"id":1,"eventType":"Microsoft.Communication.SMSReceived","data":{"from":"1","to":"2","message":"x"}}]""", "/0/id")]
    [InlineData("""[{"id":"a","data":{}}]""", "/0/eventType")]
    [InlineData("""[{"id":"a","eventType":"Microsoft.Communication.SMSReceived"}]""", "/0/data")]
    [InlineData("""[{"id":"a","eventType":"Microsoft.Communication.SMSReceived","data":"x"}]""", "/0/data")]
    [InlineData("""[{"id":"a","eventType":"Microsoft.Communication.SMSReceived","data":{"to":"2","message":"x"}}]""", "/0/data/from")]
    [InlineData("""[{"id":"a","eventType":"Microsoft.Communication.SMSReceived","data":{"from":"1","to":"2"}}]""", "/0/data/message")]
    [InlineData("""{"id":"a","eventType":"Microsoft.Communication.SMSDeliveryReportReceived","data":{"from":"1","to":"2","deliveryStatus":"x"}}""", "/data/messageId")]
    [InlineData("""{"id":"a","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{}}""", "/data/validationCode")]
    public void What_cannot_be_read_is_told_with_its_place_and_nothing_is_acted_on(string json, string pointer)
    {
        var (events, faults) = SmsEventReader.Read(Encoding.UTF8.GetBytes(json));

        Assert.Empty(events);
        Assert.Equal(pointer, faults[0].Pointer);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("""{"id":"a","eventType":"Microsoft.Communication.SMSReceived","data":{"to":"2","message":"x"}}""")]
    public void One_bad_event_among_good_ones_is_told_and_stops_none_of_them(string bad)
    {
        var (events, faults) = SmsEventReader.Read(Encoding.UTF8.GetBytes($"[{bad},{Received}]"));

        Assert.Equal("STOP", Assert.IsType<SmsEvent.Received>(Assert.Single(events)).Message);
        Assert.All(faults, f => Assert.StartsWith("/0/", f.Pointer, StringComparison.Ordinal));
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void More_events_than_Event_Grid_sends_are_refused() =>
        Assert.NotEmpty(SmsEventReader.Read(Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat(Received, SmsEventReader.MaximumEvents + 1)) + "]")).Faults);

    [Theory]
    [InlineData("+15550001111", "+15550001111")]
    [InlineData("15550001111", "+15550001111")]
    [InlineData("5550001111", "+15550001111")]
    [InlineData("(555) 000-1111", "+15550001111")]
    [InlineData("+44 20 7183 8750", "+442071838750")]
    [InlineData("26787", "26787")]
    [InlineData("Northside", "Northside")]
    public void Numbers_are_written_as_E164(string given, string number) => Assert.Equal(number, SmsEventReader.Number(given));

    private static IReadOnlyList<SmsEvent> Read(string json) => SmsEventReader.Read(Encoding.UTF8.GetBytes(json)).Events;
}
