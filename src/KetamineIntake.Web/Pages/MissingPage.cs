using KetamineIntake.Core.Clinics;
using KetamineIntake.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Web.Pages;

/// <summary>What no endpoint takes. People find their clinic again: written with capitals it is meant all the same, and its missing pages lead to its start.</summary>
internal sealed class MissingPage(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        await (await AnswerAsync(http) is { } answer ? answer.ExecuteAsync(http) : next(http));
    }

    /// <summary>Null when there is nothing better to say than that there is nothing.</summary>
    private async Task<IResult?> AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        var first = path.Split('/', 3) is ["", var segment, ..] ? segment : "";
        var slug = first.ToLowerInvariant();
        if (!HttpMethods.IsGet(http.Request.Method) || !ClinicSlug.IsValid(slug))
        {
            return null;
        }

        // Asked for here and not at the start: it waits for the protocol, which the first answer of a worker need not.
        if (await http.RequestServices.GetRequiredService<ClinicDirectory>().FindAsync(slug, http.RequestAborted) is not { } clinic)
        {
            return null;
        }

        if (slug != first)
        {
            // Escaped anew: what was decoded may hold anything.
            return Results.Redirect(new PathString($"/{slug}{path[(first.Length + 1)..]}").ToUriComponent() + http.Request.QueryString.ToUriComponent(), permanent: true);
        }

        return ErrorAnswer.IsForPeople(http.Request) ? ClinicPages.NotFound(clinic) : null;
    }
}
