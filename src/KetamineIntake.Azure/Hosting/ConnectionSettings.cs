using System.Buffers.Text;

namespace KetamineIntake.Azure.Hosting;

/// <summary>Connection strings, looked at when the program starts: the SDK would find out at the first patient.</summary>
internal static class ConnectionSettings
{
    /// <exception cref="FormatException">Names what is missing, and repeats nothing.</exception>
    public static string Storage(string connection)
    {
        var parts = Parts(connection);
        if (parts.TryGetValue("UseDevelopmentStorage", out var development) && development == "true")
        {
            return connection;
        }

        var hasServices = IsAddress(parts, "TableEndpoint") && IsAddress(parts, "QueueEndpoint");
        if (!parts.ContainsKey("AccountName") && !hasServices)
        {
            throw new FormatException("a storage account's connection string has AccountName, or TableEndpoint and QueueEndpoint.");
        }

        return IsBase64(parts, "AccountKey") || parts.ContainsKey("SharedAccessSignature")
            ? connection
            : throw new FormatException("a storage account's connection string has an AccountKey in base64, or a SharedAccessSignature.");
    }

    /// <exception cref="FormatException">Names what is missing, and repeats nothing.</exception>
    public static string Sms(string connection)
    {
        var parts = Parts(connection);
        return IsAddress(parts, "endpoint") && IsBase64(parts, "accesskey")
            ? connection
            : throw new FormatException("the connection string of Communication Services has an endpoint and an accesskey in base64.");
    }

    private static Dictionary<string, string> Parts(string connection)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connection.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals) || !parts.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                throw new FormatException("a connection string is made of NAME=VALUE between semicolons, each name once.");
            }
        }

        return parts;
    }

    private static bool IsAddress(Dictionary<string, string> parts, string name) =>
        parts.TryGetValue(name, out var value) && Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    private static bool IsBase64(Dictionary<string, string> parts, string name) => parts.TryGetValue(name, out var value) && value.Length > 0 && Base64.IsValid(value);
}
