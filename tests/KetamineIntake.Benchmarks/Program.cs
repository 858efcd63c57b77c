if (args is ["group-commit"])
{
    await KetamineIntake.Benchmarks.Records.GroupCommit.RunAsync();
    return;
}

BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
