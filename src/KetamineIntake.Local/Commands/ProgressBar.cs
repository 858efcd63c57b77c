namespace KetamineIntake.Local.Commands;

/// <summary>A line on the terminal's error stream that shows how far a command has come; nothing when nobody watches.</summary>
internal sealed class ProgressBar
{
    private const int Width = 40;

    private readonly bool isWatched = !Console.IsErrorRedirected;
    private int shown = -1;

    public void Show(long done, long total)
    {
        var percent = total <= 0 ? 100 : (int)(done * 100 / total);
        if (isWatched)
        {
            var filled = percent * Width / 100;
            Console.Error.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {percent,3} %");
            shown = percent;
        }
    }

    /// <summary>Makes room for a line of output.</summary>
    public void Clear()
    {
        if (isWatched && shown >= 0)
        {
            Console.Error.Write($"\r{new string(' ', Width + 8)}\r");
        }
    }
}
