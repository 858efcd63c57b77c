using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Clinics;

/// <summary>One clinic: a tenant, and the partition of its records.</summary>
/// <param name="Slug">Permanent; <c>^[a-z][a-z0-9-]{2,30}$</c> and not reserved.</param>
/// <param name="TimeZone">IANA id; fixes the clinic's day and its visits' times.</param>
/// <param name="Phone">E.164; what patients are told to call.</param>
/// <param name="IsDemonstration">May run an unsigned protocol to the end.</param>
public sealed record Clinic(
    string Slug,
    string Name,
    string TimeZone,
    string Phone,
    bool IsDemonstration,
    string ProtocolId,
    ClinicOverrides Overrides,
    Instant CreatedAt)
{
    /// <summary>Opening hours and chairs; null: <see cref="ClinicSchedule.Default"/>.</summary>
    public ClinicSchedule? Schedule { get; init; }

    /// <summary>What texts are signed with: up to 16 characters that say nothing about the kind of treatment. Null: the name where it is fit, else neutral words.</summary>
    public string? TextAlias { get; init; }

    /// <summary>E.164; where texts come from and answers go to. Null: <see cref="Phone"/>.</summary>
    public string? TextNumber { get; init; }

    /// <summary>Narrower hours for texts than the protocol's; null: the protocol's.</summary>
    public TextWindow? TextWindow { get; init; }

    /// <summary>Each patient has a room of their own, where somebody may stay with them: only then the preparation page says so.</summary>
    public bool PrivateRoom { get; init; }

    /// <summary>Patients get the consent form before the visit: only then the page asks to read it.</summary>
    public bool ConsentForm { get; init; }
}

/// <summary>Where a clinic departs from its protocol.</summary>
public sealed record ClinicOverrides(
    IReadOnlyList<SeverityOverride> Severities,
    IReadOnlyList<ParameterOverride> Parameters,
    IReadOnlyList<string>? Indications = null)
{
    public static readonly ClinicOverrides None = new([], [], null);

    private readonly IReadOnlyList<LabSetting>? labs;

    /// <summary>Which laboratory tests the clinic requires, of whom, and for how long they are valid. A test that is not among them is required as the protocol says.</summary>
    public IReadOnlyList<LabSetting> Labs
    {
        // Clinics and files from before there were settings have none.
        get => labs ?? [];
        init => labs = value;
    }
}

/// <summary>Upward freely; downward only with <paramref name="SignedBy"/>, and never below a rule's floor.</summary>
public sealed record SeverityOverride(string Rule, Severity Severity, string? SignedBy = null);

/// <summary>To the safer side freely; to the other only with <paramref name="SignedBy"/>; never outside the parameter's range.</summary>
public sealed record ParameterOverride(string Parameter, decimal Value, string? SignedBy = null);
