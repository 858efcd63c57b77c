using KetamineIntake.Core.Clinics;

namespace KetamineIntake.Local.Hosting;

/// <summary>Makes the demonstration clinic when there is none, and keeps its keys where only the owner can read them.</summary>
internal sealed class FirstStart(AddClinic clinics, ClinicDirectory directory, DataFolder folder)
{
    public const string Slug = "northside";

    /// <summary>The new clinic's keys, or null when it was there already.</summary>
    public async Task<AddedClinic?> RunAsync(CancellationToken cancellation)
    {
        if (await directory.FindAsync(Slug, cancellation) is not null)
        {
            return null;
        }

        var (added, faults) = await clinics.RunAsync(
            new NewClinic(Slug, "Northside Care", "America/New_York", "+12125550199", IsDemonstration: true), cancellation, Keep);
        return added ?? throw new InvalidOperationException("The demonstration clinic could not be made: " + string.Join(" ", faults));
    }

    private void Keep(AddedClinic added)
    {
        DataFolder.WriteOwnerOnly(folder[DataFolder.StaffKey], added.ClinicianKey);
        DataFolder.WriteOwnerOnly(folder[DataFolder.DirectorKey], added.DirectorKey);
    }
}
