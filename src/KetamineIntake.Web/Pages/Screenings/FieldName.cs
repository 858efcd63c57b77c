using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Names and ids of form fields. A field's name is its item's linkId; parts of one answer follow a colon, which no linkId holds.</summary>
internal static class FieldName
{
    public const string NotSure = "not-sure";

    public static string Month(string linkId) => linkId + ":month";

    public static string Day(string linkId) => linkId + ":day";

    public static string Year(string linkId) => linkId + ":year";

    /// <summary>The box "I'm not sure" of a date or number.</summary>
    public static string Unsure(string linkId) => linkId + ":unsure";

    public static string Pounds(string linkId) => linkId + ":lb";

    public static string Feet(string linkId) => linkId + ":ft";

    public static string Inches(string linkId) => linkId + ":in";

    /// <summary>The box that confirms an unlikely answer.</summary>
    public static string Sure(string linkId) => linkId + ":sure";

    /// <summary>The box "None of these" of a select-all group.</summary>
    public static string None(string group) => group + ":none";

    /// <summary>An element id that needs no escaping in a style sheet or a link.</summary>
    public static string Id(string name) => string.Create(name.Length, name, static (id, from) =>
    {
        for (var i = 0; i < id.Length; i++)
        {
            id[i] = char.IsAsciiLetterOrDigit(from[i]) ? from[i] : '-';
        }
    });

    /// <summary>The id of one option's radio button, box or option element.</summary>
    public static string OptionId(string name, string code) => Id(name) + "--" + Id(code);

    /// <summary>The element around a question, which conditions show and hide.</summary>
    public static string WrapId(string linkId) => "q-" + Id(linkId);

    /// <summary>Where the link of an error message leads: the first thing that can be typed or chosen.</summary>
    public static string FocusId(QuestionnaireItem item) => item.Type switch
    {
        ItemType.Date => Id(Month(item.LinkId)),
        ItemType.Choice when item.Codes.Count > 0 && !Widgets.IsSelect(item) => OptionId(item.LinkId, item.Codes[0].Code),
        ItemType.Group => Id(None(item.LinkId)),
        _ when Measure.IsWeight(item) => Id(Pounds(item.LinkId)),
        _ when Measure.IsHeight(item) => Id(Feet(item.LinkId)),
        _ => Id(item.LinkId),
    };
}
