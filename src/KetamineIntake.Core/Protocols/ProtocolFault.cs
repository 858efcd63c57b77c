namespace KetamineIntake.Core.Protocols;

/// <summary>One thing that is wrong with a protocol's documents or with a clinic's overrides.</summary>
/// <param name="File">Name of the document, for example rules.json.</param>
/// <param name="Path">JSON pointer into it; "/" is the document itself.</param>
public sealed record ProtocolFault(string File, string Path, string Detail)
{
    public override string ToString() => $"{File} {Path}: {Detail}";
}

/// <summary>What reading a protocol's documents came to: the protocol, or everything that is wrong with them.</summary>
public abstract record ProtocolLoad
{
    private ProtocolLoad()
    {
    }

    public sealed record Loaded(Protocol Protocol) : ProtocolLoad;

    /// <summary>Every fault at once, in order of file name. Never empty.</summary>
    public sealed record Faulty(IReadOnlyList<ProtocolFault> Faults) : ProtocolLoad;
}
