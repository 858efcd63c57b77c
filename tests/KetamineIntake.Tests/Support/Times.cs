using System.Globalization;

namespace KetamineIntake.Tests.Support;

/// <summary>How often a test does what it does: few times with all the others, as many as somebody asks for by a variable of the environment.</summary>
internal static class Times
{
    public static int Of(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;
}
