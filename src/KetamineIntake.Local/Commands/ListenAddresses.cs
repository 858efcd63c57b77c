using System.Net;
using KetamineIntake.Core.Reminders.Texts;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Local.Commands;

/// <summary>What <c>--urls</c> takes.</summary>
internal static class ListenAddresses
{
    private const int LongestPort = 5;

    public const string Expected = "--urls must be one or more addresses such as http://127.0.0.1:7071, with a semicolon between them. For https, put a proxy in front.";

    public static bool IsValid(string? urls) => !string.IsNullOrWhiteSpace(urls) && Split(urls).All(IsAddress);

    /// <summary>Whether other machines cannot ask there. The server listens everywhere for any name but localhost.</summary>
    public static bool AreOfThisMachine(string urls) => Split(urls).All(url =>
        BindingAddress.Parse(url) is var address
        && (address.IsUnixPipe || string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host, out var number) && IPAddress.IsLoopback(number))));

    /// <summary>Whether the first of valid addresses can stand in texts; the system's choice of a port has up to five digits.</summary>
    public static bool FitsTexts(string urls)
    {
        var first = BindingAddress.Parse(Split(urls)[0]);
        var digits = first.Port == 0 ? LongestPort - 1 : 0;
        return first.ToString().Length + digits <= SmsSignature.MaximumLinkBase;
    }

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme == Uri.UriSchemeHttp && address.Port is >= 0 and <= ushort.MaxValue && address.PathBase.Length == 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
