using System.Text.Json;
using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Patients;

/// <summary>The world's numbering plans, from the embedded metadata; see phone-metadata.LICENSE.txt for where it comes from.</summary>
internal sealed class NumberingPlans
{
    private const int FormatVersion = 4;
    private static readonly Lazy<NumberingPlans> Loaded = new(Load);
    private readonly Dictionary<string, IReadOnlyList<NumberingPlan>> byCallingCode;

    private NumberingPlans(Dictionary<string, IReadOnlyList<NumberingPlan>> byCallingCode) => this.byCallingCode = byCallingCode;

    public static NumberingPlans World => Loaded.Value;

    /// <summary>What kind of number this is; null when no plan has it.</summary>
    /// <param name="digits">Country calling code and national number, digits only.</param>
    public PhoneKind? KindOf(string digits)
    {
        // No calling code begins another one, so the first that matches is the right one.
        for (var length = 1; length <= 3 && length < digits.Length; length++)
        {
            if (byCallingCode.TryGetValue(digits[..length], out var plans))
            {
                var national = digits[length..];
                return OwnerOf(national, plans).KindOf(national);
            }
        }

        return null;
    }

    /// <summary>Countries that share a calling code are told apart by their numbers; what belongs to none is judged by the main country's plan.</summary>
    private static NumberingPlan OwnerOf(string national, IReadOnlyList<NumberingPlan> plans) =>
        plans.Count == 1 ? plans[0] : plans.FirstOrDefault(p => p.Owns(national)) ?? plans[0];

    private static NumberingPlans Load()
    {
        using var stream = typeof(NumberingPlans).Assembly.GetManifestResourceStream("Patients/phone-metadata.json")
            ?? throw new InvalidOperationException("The phone metadata is not embedded.");
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        if (root.GetProperty("version").GetInt32() != FormatVersion)
        {
            throw new InvalidOperationException($"The phone metadata is not of format version {FormatVersion}.");
        }

        var countries = root.GetProperty("countries");
        var plans = root.GetProperty("country_calling_codes").EnumerateObject().ToDictionary(
            code => code.Name,
            IReadOnlyList<NumberingPlan> (code) => [.. code.Value.EnumerateArray().Select(c => NumberingPlan.Read(countries.GetProperty(c.GetString()!)))],
            StringComparer.Ordinal);
        foreach (var code in root.GetProperty("nonGeographic").EnumerateObject())
        {
            plans[code.Name] = [NumberingPlan.Read(code.Value)];
        }

        return new NumberingPlans(plans);
    }
}

/// <summary>The plan of one country, or of one service that has a calling code of its own.</summary>
internal sealed class NumberingPlan
{
    // Positions in the compact metadata arrays, format version 4.
    private const int GeneralPattern = 2;
    private const int LeadingDigits = 10;
    private const int Types = 11;

    /// <summary>The order in which the metadata lists its patterns.</summary>
    private static readonly PhoneKind[] Kinds =
    [
        PhoneKind.FixedLine, PhoneKind.Mobile, PhoneKind.TollFree, PhoneKind.PremiumRate, PhoneKind.Personal,
        PhoneKind.Voicemail, PhoneKind.CompanyWide, PhoneKind.Pager, PhoneKind.Voip, PhoneKind.SharedCost,
    ];

    /// <summary>The order in which kinds other than fixed lines are looked for, as the library that the metadata comes from does.</summary>
    private static readonly PhoneKind[] Order =
    [
        PhoneKind.Mobile, PhoneKind.PremiumRate, PhoneKind.TollFree, PhoneKind.SharedCost, PhoneKind.Voip,
        PhoneKind.Personal, PhoneKind.Pager, PhoneKind.CompanyWide, PhoneKind.Voicemail,
    ];

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);
    private readonly Lazy<Regex> general;
    private readonly Lazy<Regex>? leadingDigits;
    private readonly Dictionary<PhoneKind, Pattern> patterns;

    private NumberingPlan(Lazy<Regex> general, Lazy<Regex>? leadingDigits, Dictionary<PhoneKind, Pattern> patterns) =>
        (this.general, this.leadingDigits, this.patterns) = (general, leadingDigits, patterns);

    public static NumberingPlan Read(JsonElement plan)
    {
        var lengths = Numbers(plan[3]);
        var types = plan.GetArrayLength() > Types && plan[Types].ValueKind == JsonValueKind.Array ? plan[Types] : default;
        var byKind = new Dictionary<PhoneKind, Pattern>();
        for (var i = 0; types.ValueKind == JsonValueKind.Array && i < types.GetArrayLength(); i++)
        {
            if (types[i].ValueKind == JsonValueKind.Array && types[i][0].GetString() is { Length: > 0 } text)
            {
                byKind[Kinds[i]] = new Pattern(Whole(text), types[i].GetArrayLength() > 1 ? Numbers(types[i][1]) : lengths);
            }
        }

        var leading = plan.GetArrayLength() > LeadingDigits && plan[LeadingDigits].ValueKind == JsonValueKind.String
            ? plan[LeadingDigits].GetString()
            : null;
        return new NumberingPlan(Whole(plan[GeneralPattern].GetString()!), leading is null ? null : Compile($"^(?:{leading})"), byKind);
    }

    /// <summary>Whether a number of a shared calling code belongs to this country.</summary>
    public bool Owns(string national) => leadingDigits is null ? KindOf(national) is not null : leadingDigits.Value.IsMatch(national);

    /// <summary>The kind of a national number; null when the plan does not have it.</summary>
    public PhoneKind? KindOf(string national)
    {
        if (!general.Value.IsMatch(national))
        {
            return null;
        }

        if (Has(PhoneKind.FixedLine, national))
        {
            // A plan with one pattern for both leaves the mobile one empty.
            return !patterns.ContainsKey(PhoneKind.Mobile) || Has(PhoneKind.Mobile, national) ? PhoneKind.FixedLineOrMobile : PhoneKind.FixedLine;
        }

        var kind = Array.FindIndex(Order, k => Has(k, national));
        return kind < 0 ? null : Order[kind];
    }

    private bool Has(PhoneKind kind, string national) =>
        patterns.TryGetValue(kind, out var pattern) && pattern.Lengths.Contains(national.Length) && pattern.Regex.Value.IsMatch(national);

    private static HashSet<int> Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetInt32())];

    private static Lazy<Regex> Whole(string pattern) => Compile($"^(?:{pattern})\\z");

    private static Lazy<Regex> Compile(string pattern) => new(() => new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout));

    private sealed record Pattern(Lazy<Regex> Regex, HashSet<int> Lengths);
}
