using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Clinics;

/// <summary>Makes the clinics that the host's settings name where they do not exist yet, so that an empty deployment comes to life without a shell. A clinic that exists is left as it is.</summary>
public sealed class SeedClinics(AddClinic clinics, IRecordStores stores)
{
    /// <returns>The slugs of the clinics that were made now.</returns>
    /// <exception cref="InvalidOperationException">A seed is faulty; says what is wrong, without its keys.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<NewClinic> seeds, CancellationToken cancellation)
    {
        var made = new List<string>();
        foreach (var seed in seeds)
        {
            if (await ExistsAsync(seed.Slug, cancellation))
            {
                continue;
            }

            var (added, faults) = await clinics.RunAsync(seed, cancellation);
            if (added is not null)
            {
                made.Add(seed.Slug);
            }
            else if (!await ExistsAsync(seed.Slug, cancellation))
            {
                // Otherwise another instance made it at the same moment.
                throw new InvalidOperationException($"The clinic {seed.Slug} cannot be made. {string.Join(" ", faults)}");
            }
        }

        return made;
    }

    private async Task<bool> ExistsAsync(string slug, CancellationToken cancellation) =>
        ClinicSlug.IsValid(slug) && await stores.Open(Rows.Global).FindAsync(Rows.Clinic(slug), cancellation) is not null;
}
