using System.Reflection;

namespace KetamineIntake.Core.Protocols;

/// <summary>The protocols that ship inside this assembly.</summary>
public static class EmbeddedProtocols
{
    /// <summary>Id of the one that hosts run.</summary>
    public const string Shipped = "iv-ketamine";

    /// <summary>Kept as one object for each call: load once at the start and pass it on.</summary>
    /// <exception cref="InvalidOperationException">There is no such protocol, or its documents have faults; the message lists them all. Stops the start.</exception>
    public static Protocol Load(string id)
    {
        var protocol = ProtocolLoader.LoadOrThrow(Documents(id));
        return protocol.Id == id ? protocol : throw new InvalidOperationException($"The documents of protocol {id} call it {protocol.Id}.");
    }

    /// <summary>The documents of a protocol by file name; empty when there is none of that id.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Documents(string id)
    {
        var prefix = $"Protocols/{id}/";
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(n => n[prefix.Length..], n => Content(assembly, n), StringComparer.Ordinal);
    }

    private static ReadOnlyMemory<byte> Content(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
