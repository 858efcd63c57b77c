using KetamineIntake.Local.Commands;

return await LocalCommands.Root().Parse(args).InvokeAsync();
