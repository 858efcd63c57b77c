using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Pages;

/// <summary>
/// Style sheet and icon, embedded so that both hosts carry them. The URL holds a hash of the content: a browser may keep the file for ever,
/// and a changed file has another URL.
/// </summary>
internal static class AssetFiles
{
    private const string Prefix = "Assets/";

    private static readonly FrozenDictionary<string, AssetFile> ByName = Load().ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, AssetFile> ByUrl = ByName.Values.ToFrozenDictionary(a => a.HashedName, StringComparer.Ordinal);

    public static string Url(string name) => "/assets/" + ByName[name].HashedName;

    /// <summary>GET /assets/{file}</summary>
    public static IResult Get(string file, HttpResponse response)
    {
        if (!ByUrl.TryGetValue(file, out var asset))
        {
            return Results.NotFound();
        }

        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.ContentType);
    }

    private static IEnumerable<AssetFile> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            yield return new AssetFile(resource[Prefix.Length..], content);
        }
    }

    private sealed record AssetFile(string Name, byte[] Content)
    {
        public string HashedName { get; } =
            $"{Path.GetFileNameWithoutExtension(Name)}.{Convert.ToHexStringLower(SHA256.HashData(Content))[..16]}{Path.GetExtension(Name)}";

        public string ContentType => Path.GetExtension(Name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
    }
}
