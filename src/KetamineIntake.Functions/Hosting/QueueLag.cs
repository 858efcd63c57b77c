using KetamineIntake.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Functions.Hosting;

/// <summary>Measures how long each message lay in its queue before its handler ran, from what the host says about the message.</summary>
internal sealed class QueueLag(IClock clock) : IFunctionsWorkerMiddleware
{
    private const string Inserted = "InsertionTime";

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.BindingContext.BindingData.TryGetValue(Inserted, out var told) && told is string text
            && OffsetDateTimePattern.ExtendedIso.Parse(text.Trim('"')) is { Success: true, Value: var inserted })
        {
            Signals.Waited(context.FunctionDefinition.Name, (clock.GetCurrentInstant() - inserted.ToInstant()).ToTimeSpan());
        }

        return next(context);
    }
}
