using System.Net;
using System.Text;
using System.Text.Json;
using Azure;
using KetamineIntake.Azure.Hosting;
using KetamineIntake.Azure.Http;
using KetamineIntake.Azure.Sms;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace KetamineIntake.Azure.Sms.Tests;

/// <summary>The sender against a stand-in for the service that answers as its documentation says.</summary>
public sealed class CommunicationSenderTests
{
    private const string Connection = "endpoint=https://example.communication.azure.com/;accesskey=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static readonly OutgoingText Text = new("+18005550100", "+12125550123", "Northside: visit tomorrow.", "patient.reminder", Instant.FromUtc(2026, 11, 30, 23, 0, 13));

    private readonly List<JsonElement> requests = [];
    private readonly List<string> lines = [];
    private readonly TestClock clock = new();
    private Func<int, HttpResponseMessage> answer = static _ => Accepted();

    [Fact]
    public async Task A_text_goes_out_with_a_delivery_report_and_its_tag()
    {
        var receipt = Assert.IsType<SmsReceipt.Accepted>(await SendAsync());
        Assert.Equal("message-1", receipt.MessageId);
        var request = Assert.Single(requests);
        Assert.Equal(Text.From, request.GetProperty("from").GetString());
        Assert.Equal(Text.Body, request.GetProperty("message").GetString());
        Assert.Equal(Text.To, request.GetProperty("smsRecipients")[0].GetProperty("to").GetString());
        Assert.True(request.GetProperty("smsSendOptions").GetProperty("enableDeliveryReport").GetBoolean());
        Assert.Equal(Text.Tag, request.GetProperty("smsSendOptions").GetProperty("tag").GetString());
    }

    [Fact]
    public async Task A_text_sent_again_after_a_crash_carries_the_same_repeatability_id_however_late()
    {
        await SendAsync();
        clock.Advance(Duration.FromMinutes(22));
        await SendAsync(Text with { });
        Assert.Equal(Id(0), Id(1));
        Assert.Equal("Mon, 30 Nov 2026 23:00:13 GMT", FirstSent(0));
        Assert.Equal(FirstSent(0), FirstSent(1));
    }

    [Fact]
    public async Task A_text_that_goes_again_after_a_recorded_failure_carries_a_new_id()
    {
        await SendAsync();
        await SendAsync(Text with { Since = Text.Since + Duration.FromMinutes(5) });
        Assert.NotEqual(Id(0), Id(1));
    }

    [Fact]
    public async Task Another_text_carries_another_id()
    {
        await SendAsync();
        await SendAsync(Text with { Tag = "patient.other" });
        Assert.NotEqual(Id(0), Id(1));
    }

    [Fact]
    public async Task The_transport_tries_a_passing_fault_again_with_the_same_id()
    {
        answer = static call => call < 3 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : Accepted();
        Assert.IsType<SmsReceipt.Accepted>(await SendAsync());
        Assert.Equal(3, requests.Count);
        Assert.Equal(Id(0), Id(2));
    }

    [Theory]
    [InlineData(400, 4004)]
    [InlineData(401, 4010)]
    [InlineData(403, 4010)]
    [InlineData(429, 4008)]
    public async Task A_refused_recipient_is_told_in_the_codes_of_delivery_reports(int status, int code)
    {
        answer = _ => One(status, successful: false);
        Assert.Equal(code, Assert.IsType<SmsReceipt.Refused>(await SendAsync()).Code);
    }

    [Fact]
    public async Task A_service_that_keeps_asking_for_patience_pauses_the_sender()
    {
        answer = static _ => new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        Assert.Equal(SmsFailureKind.SenderBlocked, SmsFailure.Of(Assert.IsType<SmsReceipt.Refused>(await SendAsync()).Code));
    }

    [Fact]
    public async Task An_answer_that_says_nothing_about_the_text_is_an_exception_without_the_number()
    {
        answer = static _ => One(500, successful: false);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => SendAsync());
        Assert.DoesNotContain(Text.To, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    public async Task A_request_refused_as_a_whole_says_its_status_and_nothing_of_the_service(int status)
    {
        answer = _ => Whole(status);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => SendAsync());
        Assert.Equal(status, failure.Status);
        Assert.DoesNotContain(Text.To, failure.ToString(), StringComparison.Ordinal);
        Assert.Null(failure.InnerException);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_request_that_we_may_not_make_blocks_the_sender(int status)
    {
        answer = _ => Whole(status);
        Assert.Equal(SmsFailureKind.SenderBlocked, SmsFailure.Of(Assert.IsType<SmsReceipt.Refused>(await SendAsync()).Code));
    }

    [Theory]
    [InlineData(401, "The sender of texts is blocked: 4010")]
    [InlineData(429, "The sender of texts is blocked: 4008")]
    [InlineData(500, "Communication Services gave no answer about a text: status 500")]
    public async Task A_whole_request_that_failed_leaves_one_line_without_the_number(int status, string line)
    {
        answer = _ => Whole(status);
        await Record.ExceptionAsync(() => SendAsync());
        Assert.Equal(line, Assert.Single(lines));
    }

    [Fact]
    public async Task A_refused_number_leaves_one_line_without_it()
    {
        answer = static _ => One(400, successful: false);
        await SendAsync();
        Assert.Equal("Communication Services refused a text with status 400: 4004", Assert.Single(lines));
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_leaves_a_line_too()
    {
        answer = static _ => throw new HttpRequestException("about +12125550123");
        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync());
        Assert.StartsWith("Communication Services gave no answer about a text: ", Assert.Single(lines), StringComparison.Ordinal);
        Assert.DoesNotContain("2125550123", lines[0], StringComparison.Ordinal);
    }

    private static HttpResponseMessage Whole(int status) => new((HttpStatusCode)status)
    {
        Content = new StringContent($$$"""{"error":{"code":"Bad","message":"about {{{Text.To}}}"}}""", Encoding.UTF8, "application/json"),
    };

    private static HttpResponseMessage Accepted() => One(202, successful: true);

    private static HttpResponseMessage One(int status, bool successful) => new(HttpStatusCode.Accepted)
    {
        Content = new StringContent(
            $$"""{"value":[{"to":"{{Text.To}}","messageId":"message-1","httpStatusCode":{{status}},"successful":{{(successful ? "true" : "false")}},"errorMessage":"about {{Text.To}}"}]}""",
            Encoding.UTF8, "application/json"),
    };

    private string? Id(int request) => requests[request].GetProperty("smsRecipients")[0].GetProperty("repeatabilityRequestId").GetString();

    private string? FirstSent(int request) => requests[request].GetProperty("smsRecipients")[0].GetProperty("repeatabilityFirstSent").GetString();

    private async Task<SmsReceipt> SendAsync(OutgoingText? text = null)
    {
        var services = new ServiceCollection();
        services.AddOutboundClient(SmsClients.Name, OutboundPatience.Default with { FirstWait = TimeSpan.FromMilliseconds(5) })
            .ConfigurePrimaryHttpMessageHandler(() => new Service(this));
        await using var provider = services.BuildServiceProvider();
        var client = SmsClients.Open(new SmsOptions(Connection, null, null), provider.GetRequiredService<IHttpClientFactory>());
        return await new CommunicationSender(client, new Lines(lines)).SendAsync(text ?? Text, default);
    }

    private sealed class Lines(List<string> written) : ILogger<CommunicationSender>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            written.Add(formatter(state, exception));
    }

    private sealed class Service(CommunicationSenderTests test) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test.requests.Add(JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken)).RootElement.Clone());
            var answered = test.answer(test.requests.Count);
            answered.RequestMessage = request;
            return answered;
        }
    }
}
