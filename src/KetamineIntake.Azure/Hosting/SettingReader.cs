using Microsoft.Extensions.Configuration;

namespace KetamineIntake.Azure.Hosting;

/// <summary>Settings that stop the start. Names them as an operator writes them; repeats no value, for it may be a secret.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults) : Exception("Settings are missing or malformed:" + string.Concat(faults.Select(static fault => Environment.NewLine + "  " + fault)))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>Reads settings by the names of environment variables and collects what is wrong, so that one start tells all of it.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    private readonly List<string> faults = [];

    public bool Has(string name) => Optional(name) is not null;

    /// <summary>Null when missing or blank.</summary>
    public string? Optional(string name) => configuration[name.Replace("__", ":", StringComparison.Ordinal)] is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    public string Required(string name) => Optional(name) ?? Missing(name);

    public bool Boolean(string name)
    {
        if (Optional(name) is not { } text)
        {
            return false;
        }

        if (!bool.TryParse(text, out var value))
        {
            faults.Add($"{name} must be true or false.");
        }

        return value;
    }

    public Uri? HttpsUri(string name)
    {
        var isGiven = Uri.TryCreate(Required(name), UriKind.Absolute, out var uri);
        if (Has(name) && (!isGiven || uri!.Scheme != Uri.UriSchemeHttps))
        {
            faults.Add($"{name} must be an address that starts with https://.");
        }

        return uri;
    }

    /// <summary>A schedule of a timer trigger: six fields, seconds first. The host reads it itself; here it is only kept from being forgotten.</summary>
    public void Cron(string name)
    {
        if (Has(name) && Required(name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 6)
        {
            faults.Add($"{name} must be a schedule of six fields, seconds first, such as \"0 * * * * *\".");
        }
        else
        {
            _ = Required(name);
        }
    }

    /// <param name="parse">Throws <see cref="FormatException"/> with words that repeat no value.</param>
    public T? Parse<T>(string name, Func<string, T> parse)
        where T : class
    {
        if (!Has(name))
        {
            Missing(name);
            return null;
        }

        try
        {
            return parse(Required(name));
        }
        catch (FormatException malformed)
        {
            faults.Add($"{name}: {malformed.Message}");
            return null;
        }
    }

    public void Fault(string fault) => faults.Add(fault);

    public void Faults(string name, IEnumerable<string> found) => faults.AddRange(found.Select(fault => $"{name}*: {fault}"));

    public void ThrowIfFaulty()
    {
        if (faults.Count > 0)
        {
            throw new SettingsException(faults);
        }
    }

    private string Missing(string name)
    {
        faults.Add($"{name} is missing.");
        return string.Empty;
    }
}
