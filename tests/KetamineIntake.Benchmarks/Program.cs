if (args is ["group-commit"])
{
    await KetamineIntake.Benchmarks.Records.GroupCommit.RunAsync();
    return;
}

if (args is ["dispatch", .. var counts])
{
    var numbers = counts.Select(c => int.Parse(c, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
    await KetamineIntake.Benchmarks.Reminders.Dispatch.RunAsync(numbers.ElementAtOrDefault(0) is > 0 and var due ? due : 10_000, numbers.Length > 1 ? numbers[1] : 1_000_000);
    return;
}

if (args is ["lab-sweep"])
{
    await KetamineIntake.Benchmarks.Labs.LabSweep.RunAsync();
    return;
}

BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
