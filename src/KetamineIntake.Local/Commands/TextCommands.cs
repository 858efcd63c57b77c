using System.CommandLine;
using KetamineIntake.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Local.Commands;

/// <summary><c>texts release</c> lets planned texts go again that a restore holds. Works while the program serves.</summary>
internal static class TextCommands
{
    public static Command Build() => new("texts", "Texts to patients.") { Release() };

    private static Command Release()
    {
        var command = new Command("release", "Lets planned texts go again that are held since a restore. Those whose moment has passed are not sent; staff have a note for each that mattered.");
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = LocalHost.Build(LocalHost.Offline(parsed.GetValue(LocalCommands.Data)!));
            Console.WriteLine(await app.Services.GetRequiredService<TextHold>().ReleaseAsync(cancellation) ? "Released: texts go within five minutes." : "No texts are held.");
            return 0;
        });
        return command;
    }
}
