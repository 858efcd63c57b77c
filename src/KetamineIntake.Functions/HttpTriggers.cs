using KetamineIntake.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace KetamineIntake.Functions;

/// <summary>
/// One trigger for each route group of the contract, one for the pages and their assets. All are anonymous and take every method: the pipeline behind them routes,
/// authenticates and refuses, so that both hosts answer alike, whichever trigger the host picks.
/// </summary>
public sealed class HttpTriggers(WebPipeline web)
{
    [Function(nameof(Health))]
    public Task Health([HttpTrigger(Anonymous, Route = "api/v1/health/{*rest}")] HttpRequest request) => web.RunAsync(request.HttpContext);

    [Function(nameof(OpenApi))]
    public Task OpenApi([HttpTrigger(Anonymous, Route = "openapi.json")] HttpRequest request) => web.RunAsync(request.HttpContext);

    [Function(nameof(Questionnaire))]
    public Task Questionnaire([HttpTrigger(Anonymous, Route = "api/v1/clinics/{clinic}/questionnaire")] HttpRequest request) => web.RunAsync(request.HttpContext);

    [Function(nameof(Screenings))]
    public Task Screenings([HttpTrigger(Anonymous, Route = "api/v1/clinics/{clinic}/screenings")] HttpRequest request) => web.RunAsync(request.HttpContext);

    [Function(nameof(Referrals))]
    public Task Referrals([HttpTrigger(Anonymous, Route = "api/v1/clinics/{clinic}/referrals/{*rest}")] HttpRequest request) => web.RunAsync(request.HttpContext);

    [Function(nameof(Patients))]
    public Task Patients([HttpTrigger(Anonymous, Route = "api/v1/clinics/{clinic}/patients/{*rest}")] HttpRequest request) => web.RunAsync(request.HttpContext);

    [Function(nameof(LabFlags))]
    public Task LabFlags([HttpTrigger(Anonymous, Route = "api/v1/clinics/{clinic}/lab-flags/{*rest}")] HttpRequest request) => web.RunAsync(request.HttpContext);

    [Function(nameof(Notes))]
    public Task Notes([HttpTrigger(Anonymous, Route = "api/v1/clinics/{clinic}/notes/{*rest}")] HttpRequest request) => web.RunAsync(request.HttpContext);

    [Function(nameof(SmsEvents))]
    public Task SmsEvents([HttpTrigger(Anonymous, Route = "api/v1/sms/events")] HttpRequest request) => web.RunAsync(request.HttpContext);

    [Function(nameof(FailedMessages))]
    public Task FailedMessages([HttpTrigger(Anonymous, Route = "api/v1/clinics/{clinic}/failed-messages/{*rest}")] HttpRequest request) => web.RunAsync(request.HttpContext);

    // The host takes the first route that fits, in the order of the functions' names, so that the widest has the last name.
    [Function("WebPages")]
    public Task Pages([HttpTrigger(Anonymous, Route = "{clinic}/{*rest}")] HttpRequest request) => web.RunAsync(request.HttpContext);

    // "/" would make every request time out on this host; this matches the same and nothing else.
    [Function(nameof(Root))]
    public Task Root([HttpTrigger(Anonymous, Route = "{ignored:maxlength(0)?}")] HttpRequest request) => web.RunAsync(request.HttpContext);
}
