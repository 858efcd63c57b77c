using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Screenings.Reading;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace KetamineIntake.Web.Pages.Preparation;

/// <summary>A date of birth as it stands in the three fields.</summary>
public sealed record BirthDateFields(string Year, string Month, string Day)
{
    public static readonly BirthDateFields Blank = new("", "", "");

    /// <summary>Pages from before there were three fields send the date as one.</summary>
    public static BirthDateFields From(IFormCollection form) =>
        form["birthDate"].ToString() is { Length: > 0 } whole ? new BirthDateFields(whole, "", "") : new BirthDateFields(form["year"].ToString(), form["month"].ToString(), form["day"].ToString());

    /// <summary>The date; or, in the words of the page, what is wrong with this one.</summary>
    public (LocalDate? Date, string? Fault) Read(PreparationGuide guide, LocalDate today)
    {
        var text = TypedDateParts.Join(Year, Month, Day);
        var (date, fault) = TypedDate.ReadWhole(text, today);
        return text.Length == 0 ? (null, guide.Words["date.missing"])
            : fault is { } wrong ? (null, guide.Words[PreparationGuide.DateWord(wrong)])
            : (date, null);
    }
}
