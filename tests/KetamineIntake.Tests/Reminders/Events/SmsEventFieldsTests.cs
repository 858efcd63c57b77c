using System.Text;
using KetamineIntake.Core.Reminders.Events;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Events;

/// <summary>The names and shapes in which the same fields come, and what is no event at all.</summary>
public class SmsEventFieldsTests
{
    private const string ReceivedType = "Microsoft.Communication.SMSReceived";
    private const string ReportType = "Microsoft.Communication.SMSDeliveryReportReceived";

    [Theory]
    [InlineData("""{"from":"+15550001111","to":"+18005550100","message":"Hi","receivedTimestamp":"2026-12-01T14:00:00Z"}""")]
    [InlineData("""{"sender":"+15550001111","recipient":"+18005550100","body":"Hi","receivedAt":"2026-12-01T15:00:00+01:00"}""")]
    [InlineData("""{"SENDER":"5550001111","RECIPIENT":"18005550100","BODY":"Hi","RECEIVEDAT":"2026-12-01T09:00:00-05:00"}""")]
    [InlineData("""{"from":1,"sender":"+15550001111","to":null,"recipient":"+18005550100","message":[],"body":"Hi","receivedTimestamp":7,"receivedAt":"2026-12-01T14:00:00Z"}""")]
    [InlineData("""{"from":"+15550001111","sender":"+15559999999","to":"+18005550100","message":"Hi","body":"no","receivedTimestamp":"2026-12-01T14:00:00Z"}""")]
    [InlineData("""{"From":"+15550001111","from":"+15559999999","to":"+18005550100","message":"Hi","receivedTimestamp":"2026-12-01T14:00:00Z"}""")]
    public void An_inbound_text_is_read_by_any_of_its_names(string data) =>
        Assert.Equal(new SmsEvent.Received("e", "+15550001111", "+18005550100", "Hi", Instant.FromUtc(2026, 12, 1, 14, 0)), Assert.Single(Read(Event(ReceivedType, data))));

    [Theory]
    [InlineData("""{"messageId":"m","from":"+18005550100","to":"+15550001111","deliveryStatus":"Delivered","deliveryStatusDetails":"2000","tag":"t","receivedTimestamp":"2026-12-01T14:00:00Z"}""")]
    [InlineData("""{"MESSAGEID":"m","sender":"+18005550100","recipient":"+15550001111","status":"DELIVERED","statusDetails":"code 2000.","Tag":"t","receivedAt":"2026-12-01T14:00:00Z"}""")]
    [InlineData("""{"messageId":"m","from":"+18005550100","to":"+15550001111","status":"delivered","errorCode":"2000","TAG":"t","receivedAt":"2026-12-01T14:00:00Z"}""")]
    public void A_report_is_read_by_any_of_its_names(string data) => Assert.Equal(
        new SmsEvent.DeliveryReport("e", "m", "+18005550100", "+15550001111", true, 2000, "t", Instant.FromUtc(2026, 12, 1, 14, 0)), Assert.Single(Read(Event(ReportType, data))));

    [Fact]
    public void What_a_report_leaves_out_is_unknown() => Assert.Equal(
        new SmsEvent.DeliveryReport("e", "m", "+18005550100", "+15550001111", false, null, null, null),
        Assert.Single(Read(Event(ReportType, """{"messageId":"m","from":"18005550100","to":"15550001111","deliveryStatus":"Expired"}"""))));

    [Theory]
    [InlineData("1999", null)]
    [InlineData("2000", 2000)]
    [InlineData("9999", 9999)]
    [InlineData("4007 then 5001", 4007)]
    [InlineData("code4007", null)]
    [InlineData("40070", null)]
    [InlineData("400", null)]
    [InlineData("", null)]
    public void A_code_has_four_digits_of_its_own(string details, int? code) => Assert.Equal(
        code,
        Assert.IsType<SmsEvent.DeliveryReport>(Assert.Single(Read(Event(ReportType, $$"""{"messageId":"m","from":"1","to":"2","status":"Failed","statusDetails":"{{details}}"}""")))).Code);

    [Theory]
    [InlineData("microsoft.communication.smsreceived")]
    [InlineData("MICROSOFT.COMMUNICATION.SMSRECEIVED")]
    public void The_type_is_compared_without_case(string type) =>
        Assert.IsType<SmsEvent.Received>(Assert.Single(Read(Event(type, """{"from":"1","to":"2","message":""}"""))));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-12-01T14:00:00")]
    [InlineData("")]
    public void A_moment_that_cannot_be_read_is_unknown(string at) =>
        Assert.Null(Assert.IsType<SmsEvent.Received>(Assert.Single(Read(Event(ReceivedType, $$"""{"from":"1","to":"2","message":"x","receivedTimestamp":"{{at}}"}""")))).At);

    [Theory]
    [InlineData(3999, 3999)]
    [InlineData(4000, 4000)]
    [InlineData(4001, 4000)]
    public void A_text_is_kept_up_to_4000_characters(int given, int kept) =>
        Assert.Equal(
            new string('x', kept),
            Assert.IsType<SmsEvent.Received>(Assert.Single(Read(Event(ReceivedType, $$"""{"from":"1","to":"2","message":"{{new string('x', given)}}"}""")))).Message);

    [Fact]
    public void A_thousand_events_are_read_in_their_order_and_one_more_is_refused()
    {
        var thousand = Enumerable.Range(0, 1000).Select(i => $$"""{"id":"e{{i}}","eventType":"x"}""").ToList();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => new SmsEvent.Other($"e{i}", "x")), Read($"[{string.Join(',', thousand)}]"));
        Assert.Equal([("", "1 to 1000 events are expected.")], Faults($"[{string.Join(',', thousand.Append("{}"))}]"));
        Assert.Equal([("", "1 to 1000 events are expected.")], Faults("[]"));
    }

    [Fact]
    public void Every_fault_is_told_with_its_place()
    {
        Assert.Equal(
            [("/1/id", "Text is expected."), ("/1/eventType", "Text is expected.")],
            Faults("""[{},{}]""").Skip(2));
        Assert.Equal(
            [("/data/from", "Text is expected."), ("/data/to", "Text is expected."), ("/data/message", "Text is expected.")],
            Faults(Event(ReceivedType, """{"from":"","to":2}""")));
        Assert.Equal(
            [("/data/deliveryStatus", "Text is expected."), ("/data/messageId", "Text is expected."), ("/data/from", "Text is expected."), ("/data/to", "Text is expected.")],
            Faults(Event(ReportType, "{}")));
        Assert.Equal([("/data/validationCode", "Text is expected.")], Faults(Event("Microsoft.EventGrid.SubscriptionValidationEvent", """{"validationCode":""}""")));
    }

    [Fact]
    public void Missing_data_is_one_fault_and_data_of_another_kind_names_what_is_not_in_it()
    {
        Assert.Equal([("/data", "An object is expected.")], Faults($$"""{"id":"e","eventType":"{{ReceivedType}}"}"""));
        Assert.Equal(
            [("/data", "An object is expected."), ("/data/from", "Text is expected."), ("/data/to", "Text is expected."), ("/data/message", "Text is expected.")],
            Faults(Event(ReceivedType, "[]")));
    }

    [Theory]
    [InlineData("""{"id":"\ud83d","eventType":"x"}""")]
    [InlineData("""{"id":"e","eventType":"x","\udc00":1}""")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void What_is_no_JSON_or_no_Unicode_is_refused_as_a_whole(string json) => Assert.Equal([("", "The body is not JSON.")], Faults(json));

    [Fact]
    public void Bytes_that_are_no_text_and_documents_without_end_are_refused()
    {
        Assert.Equal("The body is not JSON.", Assert.Single(SmsEventReader.Read("{\"id\":\"\xFF\",\"eventType\":\"x\"}".Select(c => (byte)c).ToArray()).Faults).Detail);
        Assert.Equal("The body is not JSON.", Assert.Single(SmsEventReader.Read(Encoding.UTF8.GetBytes(new string('[', 10_000))).Faults).Detail);
    }

    [Theory]
    [InlineData("12345678", "+12345678")]
    [InlineData("1234567", "1234567")]
    [InlineData("123456789012345", "+123456789012345")]
    [InlineData("1234567890123456", "1234567890123456")]
    [InlineData("+5550001111", "+5550001111")]
    [InlineData("555.000.1111", "+15550001111")]
    [InlineData("555 000 1111 x2", "555 000 1111 x2")]
    [InlineData("٥٥٥٠٠٠١١١١", "٥٥٥٠٠٠١١١١")]
    [InlineData("", "")]
    public void A_number_is_rewritten_only_where_it_is_surely_one(string given, string number) => Assert.Equal(number, SmsEventReader.Number(given));

    private static string Event(string type, string data) => $$"""{"id":"e","eventType":"{{type}}","data":{{data}}}""";

    private static IReadOnlyList<SmsEvent> Read(string json)
    {
        var (events, faults) = SmsEventReader.Read(Encoding.UTF8.GetBytes(json));
        Assert.Empty(faults);
        return events;
    }

    private static List<(string Pointer, string Detail)> Faults(string json)
    {
        var (events, faults) = SmsEventReader.Read(Encoding.UTF8.GetBytes(json));
        Assert.Empty(events);
        return [.. faults.Select(f => (f.Pointer, f.Detail))];
    }
}
