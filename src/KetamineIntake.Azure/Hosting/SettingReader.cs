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

    public bool IsFaulty => faults.Count > 0;

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

    /// <summary>The id of an identity; null when missing.</summary>
    public string? Id(string name)
    {
        var value = Optional(name);
        if (value is not null && !Guid.TryParseExact(value, "D", out _))
        {
            faults.Add($"{name} must be a GUID such as 00000000-0000-0000-0000-000000000000.");
        }

        return value;
    }

    /// <summary>A setting that has these values only; null when missing.</summary>
    public string? OneOf(string name, params ReadOnlySpan<string> values)
    {
        var value = Optional(name);
        if (value is not null && !values.Contains(value))
        {
            faults.Add($"{name} must be {string.Join(" or ", values!)}.");
        }

        return value;
    }

    /// <summary>The parts of a list, "NAME__PART__...", in which something is set.</summary>
    public IReadOnlyList<string> Parts(string name) =>
        [.. configuration.GetSection(name).GetChildren().Where(static part => part.AsEnumerable().Any(static value => !string.IsNullOrWhiteSpace(value.Value))).Select(static part => part.Key)];

    /// <param name="parse">Throws <see cref="FormatException"/> with words that repeat no value.</param>
    public T? Parse<T>(string name, Func<string, T> parse)
        where T : class
    {
        try
        {
            return Required(name) is { Length: > 0 } value ? parse(value) : null;
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
