using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace KetamineIntake.EmptyWorker;

/// <summary>A worker that does nothing but answer: what the start of the real one is measured against.</summary>
public static class Health
{
    [Function("Health")]
    public static IActionResult Answer([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/health")] HttpRequest request) => new OkObjectResult(request.Method);
}
