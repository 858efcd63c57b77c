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

if (args is ["connection-flood", .. var flood])
{
    var program = flood is [.., "--program", var other] ? other : null;
    var limits = flood.TakeWhile(a => a != "--program").Select(l => int.Parse(l, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
    await KetamineIntake.Benchmarks.Doors.ConnectionFlood.RunAsync(limits.Length > 0 ? limits : [1024, 2048, 4096], program);
    return;
}

if (args is ["connection-attack", var port, var connections])
{
    await KetamineIntake.Benchmarks.Doors.ConnectionAttack.RunAsync(
        int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), int.Parse(connections, System.Globalization.CultureInfo.InvariantCulture));
    return;
}

if (args is ["connection-dummy"])
{
    await KetamineIntake.Benchmarks.Doors.ConnectionAttack.ListenAsync();
    return;
}

BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
