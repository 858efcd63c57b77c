switch (args)
{
    case ["group-commit"]:
        await KetamineIntake.Benchmarks.Records.GroupCommit.RunAsync();
        return;
    case ["lab-sweep"]:
        await KetamineIntake.Benchmarks.Labs.LabSweep.RunAsync();
        return;
    default:
        BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return;
}
