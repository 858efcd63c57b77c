using KetamineIntake.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace KetamineIntake.Web.Problems;

/// <summary>How an error is told that no endpoint has put into words: programs get a problem document, people with a browser a page.</summary>
internal static class ErrorAnswer
{
    private const string Html = "text/html";

    public static Task WriteAsync(HttpContext http, Problem problem) =>
        IsForPeople(http.Request) ? Page(problem).ExecuteAsync(http) : new ProblemResult(problem).ExecuteAsync(http);

    /// <summary>A browser says by name that it takes HTML. Addresses of the API speak to programs, whoever asks.</summary>
    public static bool IsForPeople(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(static type => type.Quality is not 0 && type.MediaType.Equals(Html, StringComparison.OrdinalIgnoreCase));

    private static IResult Page(Problem problem) => problem.Status switch
    {
        404 => ClinicPages.NothingHere(),
        409 or >= 500 => ClinicPages.Show<PlainPage>(
            new { Title = "Please try again in a few minutes", Text = "This page could not be shown, or was not saved. Go back and try again in a few minutes." }, problem.Status),
        413 => ClinicPages.Show<PlainPage>(new { Title = "That was too much at once", Text = "What was sent is too large. Nothing was saved." }, problem.Status),
        _ => ClinicPages.Show<PlainPage>(new { Title = "That could not be understood", Text = "Nothing was saved. Go back and try again." }, problem.Status),
    };
}
