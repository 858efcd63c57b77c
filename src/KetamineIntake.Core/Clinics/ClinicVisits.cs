using System.Text.Json;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Clinics;

/// <summary>How a clinic books and texts; what is null stays at its default. See <see cref="Clinic"/> for the meanings.</summary>
public sealed record ClinicVisits(
    ClinicSchedule? Schedule = null, string? TextAlias = null, string? TextNumber = null, TextWindow? TextWindow = null, bool PrivateRoom = false, bool ConsentForm = false)
{
    /// <exception cref="JsonException">Not this shape.</exception>
    public static ClinicVisits Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, OverridesContext.Default.ClinicVisits) ?? throw new JsonException("Null is no setting.");

    internal Clinic ApplyTo(Clinic clinic) => clinic with { Schedule = Schedule, TextAlias = TextAlias, TextNumber = NumberOf(), TextWindow = TextWindow, PrivateRoom = PrivateRoom, ConsentForm = ConsentForm };

    internal IReadOnlyList<string> Faults(RevealingWords? revealing)
    {
        List<string> faults = [.. Schedule?.Faults() ?? []];
        if (TextAlias is { } alias && (revealing is null || !TextLint.IsUsableAlias(alias, revealing)))
        {
            faults.Add($"The alias has 1 to {SmsSignature.MaximumAlias} plain characters and says nothing about the kind of treatment.");
        }

        if (TextNumber is not null && NumberOf() is null)
        {
            faults.Add("The number for texts is not a valid one.");
        }

        if (TextWindow is { IsUsable: false })
        {
            faults.Add("Texts go between 09:00 and 20:00, or in a part of it.");
        }

        return faults;
    }

    private string? NumberOf() => PhoneNumber.TryParseCallable(TextNumber, out var number) ? number.E164 : null;
}
