using KetamineIntake.Core.Labs;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace KetamineIntake.Web.Pages.Labs;

/// <summary>What stands in the form for a result that somebody has seen. A refused one stands there again: an emptied form would make the next click record another test.</summary>
public sealed record LabInput(string Test, string CollectedOn, string Status)
{
    public static readonly LabInput Empty = new("", "", "final");

    public static LabInput From(IFormCollection form) => new(form["test"].ToString(), form["collectedOn"].ToString(), form["status"].ToString());

    public (LabResult? Result, string? Error) Result(LocalDate today) => Test.Length == 0 ? (null, "Choose a test.") : LabResultReader.ReadForm(Test, CollectedOn, Status, today);
}
