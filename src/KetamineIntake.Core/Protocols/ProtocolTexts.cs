using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Protocols;

/// <summary>Words shown to patients while they fill in the form, at its end, and in answers of the API; in one language.</summary>
/// <param name="Messages">By "{urgency}" for imminent, high and elevated, else by "{outcome}"; kind, no diagnosis, no promise.</param>
/// <param name="Resources">By "always", "elevated", "high", "imminent": who to call, first things first.</param>
public sealed record ProtocolTexts(
    IReadOnlyDictionary<string, string> Messages,
    IReadOnlyDictionary<string, IReadOnlyList<Resource>> Resources)
{
    /// <summary>Of documents that are only replayed: nobody reads anything.</summary>
    public static readonly ProtocolTexts None = new(new Dictionary<string, string>(), new Dictionary<string, IReadOnlyList<Resource>>());

    /// <summary>The message beside a form that could not be taken and tells of suicide risk: it must not say that anything was saved.</summary>
    public const string Refused = "refused";

    public SmsLanguage Language { get; init; }

    /// <summary>What to do, by the name that rules give (<see cref="Screenings.Rule.Emergency"/>).</summary>
    public IReadOnlyDictionary<string, string> Emergencies { get; init; } = new Dictionary<string, string>();

    /// <summary>What the patient told that can be an emergency, by rule.</summary>
    public IReadOnlyDictionary<string, string> EmergencyReasons { get; init; } = new Dictionary<string, string>();

    /// <summary>What happens next, by "imminent", "high", "elevated", "emergency" and "other", with {clinic} and {phone} to be filled in.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Next { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What a fired rule says to the patient, by rule, where it is not the rule's own English sentence.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>What is wrong with a field, by <see cref="FaultWords"/>.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; init; } = new Dictionary<string, string>();

    /// <summary>By <see cref="PageWords"/>.</summary>
    public IReadOnlyDictionary<string, string> Page { get; init; } = new Dictionary<string, string>();
}

public sealed record Resource(string Title, string? Phone, string? Url);
