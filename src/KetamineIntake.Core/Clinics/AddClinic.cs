using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Clinics;

/// <summary>What a clinic is made of; see <see cref="Clinic"/> for the meanings.</summary>
/// <param name="TextNumber">Where texts come from and answers go to; without it, <paramref name="Phone"/>.</param>
/// <param name="Keys">Keys that whoever makes the clinic has chosen; without them two are made.</param>
public sealed record NewClinic(string Slug, string Name, string TimeZone, string Phone, bool IsDemonstration, string? TextNumber = null, FirstKeys? Keys = null);

/// <summary>The keys of a clinic's first two staff members, in the form that <see cref="StaffKeys.IsWellFormed"/> describes.</summary>
public sealed record FirstKeys(string Clinician, string Director)
{
    /// <summary>Never the keys themselves.</summary>
    public override string ToString() => nameof(FirstKeys);
}

/// <summary>A new clinic and the two keys that open it; the keys are shown this once.</summary>
public sealed record AddedClinic(Clinic Clinic, string ClinicianKey, string DirectorKey);

/// <summary>Makes a clinic with its first two staff keys, or replaces what a clinic overrides.</summary>
public sealed class AddClinic(IRecordStores stores, Protocol protocol, StaffKeys staff, IClock clock)
{
    private const int LongestName = 60;

    /// <summary>The clinic, or what is wrong with it: each fault a sentence. Nothing is stored then.</summary>
    /// <param name="keep">Puts the keys where they can be found again, before anything is stored: a crash afterwards leaves keys that open nothing, never a clinic without keys.</param>
    public async Task<(AddedClinic? Added, IReadOnlyList<string> Faults)> RunAsync(
        NewClinic wanted, CancellationToken cancellation, Action<AddedClinic>? keep = null)
    {
        var faults = Check(wanted).ToList();
        if (faults.Count == 0 && await stores.Open(Rows.Global).FindAsync(Rows.Clinic(wanted.Slug), cancellation) is not null)
        {
            faults.Add(Taken(wanted.Slug));
        }

        if (faults.Count > 0)
        {
            return (null, faults);
        }

        _ = PhoneNumber.TryParseCallable(wanted.Phone, out var phone);
        var clinic = new Clinic(
            wanted.Slug, wanted.Name.Trim(), wanted.TimeZone, phone.E164, wanted.IsDemonstration, protocol.Id, ClinicOverrides.None, clock.GetCurrentInstant())
        {
            TextNumber = PhoneNumber.TryParseCallable(wanted.TextNumber ?? "", out var textNumber) ? textNumber.E164 : null,
        };
        var (clinician, clinicianRow) = staff.Issue("Clinician", StaffRole.Clinician, wanted.Keys?.Clinician);
        var (director, directorRow) = staff.Issue("Medical director", StaffRole.Director, wanted.Keys?.Director);

        var added = new AddedClinic(clinic, clinician, director);
        keep?.Invoke(added);

        // The keys first: a clinic without keys could never be opened; keys without a clinic open nothing. A conflict here means that an earlier try with the same chosen keys
        // ended between the two commits.
        await stores.Open(clinic.Slug).CommitAsync([clinicianRow, directorRow], cancellation);
        var insert = new Change.Insert(Rows.Clinic(clinic.Slug), RecordJson.Write(clinic));
        return await stores.Open(Rows.Global).CommitAsync([insert, ClinicNumbers.Row(clinic)], cancellation) is CommitResult.Committed
            ? (added, [])
            : (null, [Taken(clinic.Slug)]);
    }

    /// <summary>Replaces what a clinic overrides. Faults name each override that the design's limits forbid.</summary>
    public async Task<IReadOnlyList<string>> OverrideAsync(string slug, ClinicOverrides overrides, CancellationToken cancellation)
    {
        var global = stores.Open(Rows.Global);
        if (!ClinicSlug.IsValid(slug) || await global.FindAsync(Rows.Clinic(slug), cancellation) is not { } row)
        {
            return [$"There is no clinic named {slug}."];
        }

        if (ClinicProtocol.Apply(protocol.Rules, overrides) is ClinicRules.Refused refused)
        {
            return [.. refused.Faults.Select(f => f.ToString())];
        }

        if (LabSettings.Check(protocol.Labs, overrides.Labs) is { Count: > 0 } faults)
        {
            return faults;
        }

        var changed = RecordJson.Read<Clinic>(row) with { Overrides = overrides };
        if (await global.CommitAsync([new Change.Replace(row.Key, RecordJson.Write(changed), row.ETag)], cancellation) is not CommitResult.Committed)
        {
            return ["Somebody else changed this clinic at the same time. Nothing was changed; try again."];
        }

        // Judged by the new requirements at once. Should this be lost, the timer sees that they are others and sends it.
        var sweep = Outbox.Row(new Message(Queues.Labs, slug, SweepLabs.Everyone), clock.GetCurrentInstant());
        await stores.Open(slug).CommitAsync([sweep], cancellation);
        return [];
    }

    /// <summary>What is wrong with a clinic before any store is asked; each fault a sentence that repeats no key.</summary>
    public static IReadOnlyList<string> FaultsOf(NewClinic wanted) => [.. Check(wanted)];

    /// <summary>
    /// Replaces how a clinic books and texts, and has every patient with a visit ahead planned anew: the hours for texts and the name in them may be others now. Faults name what cannot be used.
    /// Doing it again does no harm, and makes up for a stop halfway.
    /// </summary>
    public async Task<IReadOnlyList<string>> SetVisitsAsync(string slug, ClinicVisits visits, CancellationToken cancellation)
    {
        var global = stores.Open(Rows.Global);
        if (!ClinicSlug.IsValid(slug) || await global.FindAsync(Rows.Clinic(slug), cancellation) is not { } row)
        {
            return [$"There is no clinic named {slug}."];
        }

        var faults = visits.Faults(protocol.Reminders?.Revealing);
        if (faults.Count > 0)
        {
            return faults;
        }

        var changed = visits.ApplyTo(RecordJson.Read<Clinic>(row));
        if (await global.CommitAsync([new Change.Replace(row.Key, RecordJson.Write(changed), row.ETag), ClinicNumbers.Row(changed)], cancellation) is CommitResult.Conflict)
        {
            return ["Somebody else changed this clinic at the same time. Nothing was changed; try again."];
        }

        await ReplanReminders.RequestAllAsync(slug, stores.Open(slug), clock.GetCurrentInstant(), cancellation);
        return [];
    }

    private static string Taken(string slug) => $"There is a clinic named {slug} already.";

    private static IEnumerable<string> Check(NewClinic wanted)
    {
        if (!ClinicSlug.IsValid(wanted.Slug))
        {
            yield return "The name in links must be 3 to 31 characters of a-z, 0-9 and -, start with a letter, and not be a reserved word.";
        }

        if (!TextCheck.IsOneLine(wanted.Name, LongestName))
        {
            yield return $"The clinic's name must have 1 to {LongestName} characters that can be printed on one line.";
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(wanted.TimeZone) is null)
        {
            yield return "The time zone must be an IANA id such as America/New_York.";
        }

        if (!PhoneNumber.TryParseCallable(wanted.Phone, out var phone))
        {
            yield return "The phone number is not a valid one.";
        }
        else if (VisitWords.Phone(phone.E164).Length > VisitWords.LongestPhone)
        {
            yield return $"The phone number has more than {VisitWords.LongestPhone} characters as texts write it, and texts have no room for it.";
        }

        if (wanted.TextNumber is { } number && !PhoneNumber.TryParseCallable(number, out _))
        {
            yield return "The number that texts come from is not a valid one.";
        }

        if (wanted.Keys is { } keys && !(StaffKeys.IsWellFormed(keys.Clinician) && StaffKeys.IsWellFormed(keys.Director) && keys.Clinician != keys.Director))
        {
            yield return "A staff key must be an id of 26 characters of 0-9 and a-z without i, l, o and u, a dot, and a secret of 40 to 150 letters and digits; the two must differ.";
        }
    }
}
