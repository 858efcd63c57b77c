using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Local.Commands;

/// <summary>What <c>--urls</c> takes.</summary>
internal static class ListenAddresses
{
    public const string Expected = "--urls must be one or more addresses such as http://127.0.0.1:7071, with a semicolon between them. For https, put a proxy in front.";

    public static bool IsValid(string? urls) =>
        !string.IsNullOrWhiteSpace(urls) && urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(IsAddress);

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
