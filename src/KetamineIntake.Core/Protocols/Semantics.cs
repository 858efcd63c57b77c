namespace KetamineIntake.Core.Protocols;

/// <summary>
/// Which meaning a protocol's rules have ("semantics" in protocol.json). A stored screening is replayed by the documents that judged it, so a new meaning gets
/// a new number and the old one stays as it was.
/// </summary>
public static class Semantics
{
    /// <summary>Documents from before there was a number: a caution that is not ruled out is not told, and one that rests on a scale goes by the prorated total.</summary>
    public const int First = 1;

    /// <summary>A caution that is not ruled out is listed as open, and only infos go by a prorated total.</summary>
    public const int OpenCautions = 2;

    /// <summary>What this program's own documents have to say.</summary>
    public const int Current = OpenCautions;
}
