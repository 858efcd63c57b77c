namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Collects faults, so that a reader can go on and report everything at once.</summary>
internal sealed class FaultList
{
    private readonly List<ProtocolFault> faults = [];

    public bool IsEmpty => faults.Count == 0;

    public IReadOnlyList<ProtocolFault> All => faults;

    public void Add(string file, string path, string detail) =>
        faults.Add(new ProtocolFault(file, path.Length == 0 ? "/" : path, detail));
}
