using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>A patient's visits and texts, past and planned, in the order of their times.</summary>
/// <param name="HeldVisits">Ids of today's infusions that wait because a required test is missing or out of date, and of all ahead where a laboratory value holds them.</param>
/// <param name="FailingVisits">Ids of booked infusions, of today or ahead, on whose day a flagged test is not valid.</param>
/// <param name="VisitsAhead">Ids of booked visits that have not begun: the ones that can be cancelled.</param>
/// <param name="LabFlags">Open flags about required tests.</param>
/// <param name="Card">Who the patient is, how to reach them, and what has to be known before a visit is booked.</param>
public sealed record VisitsView(
    Patient Patient, DateTimeZone PatientZone, IReadOnlyList<Appointment> Appointments, IReadOnlyList<Reminder> Reminders, PreparationOrders Orders, bool MayBeTexted, bool CallsFirst,
    IReadOnlyList<string> HeldVisits, IReadOnlyList<string> FailingVisits, IReadOnlyList<string> VisitsAhead, IReadOnlyList<LabFlag> LabFlags, PatientCard Card)
{
    /// <summary>A laboratory value holds every infusion ahead.</summary>
    public bool HoldsForValue { get; init; }
}

/// <summary>Shows a patient's visits and texts to a member of staff, and keeps that they were shown.</summary>
public sealed class ListVisits(PhoneBook phones, IClock clock)
{
    private readonly FindPatientCard cards = new(phones);

    /// <summary>Null when the clinic has no such patient.</summary>
    public async Task<VisitsView?> RunAsync(ClinicContext clinic, string patientId, StaffMember by, CancellationToken cancellation)
    {
        if (await PatientVisits.LoadAsync(clinic, phones, patientId, cancellation) is not { } visits || await cards.RunAsync(clinic, patientId, cancellation) is not { } card)
        {
            return null;
        }

        var now = clock.GetCurrentInstant();
        var flags = await OpenFlagsAsync(clinic, patientId, cancellation);
        var infusions = LabVisit.Of(visits.Appointments.Select(a => a.Value));
        var today = clinic.DayAt(now);
        await Audit.ReadAsync(clinic.Records, new AuditEntry(now, by.Id, "visits.read", Rows.Patient(patientId)), cancellation);
        return new VisitsView(
            visits.Patient,
            ClinicTexting.ZoneOf(clinic, visits.Patient),
            [.. visits.Appointments.Select(a => a.Value).OrderBy(a => a.StartsAt).ThenBy(a => a.Id, StringComparer.Ordinal)],
            [.. visits.Reminders.Select(r => r.Value).OrderBy(r => r.SentAt ?? r.SendAt).ThenBy(r => r.Id, StringComparer.Ordinal)],
            visits.Orders, visits.MayBeTexted, CallsFirst(visits, now), LabSchedule.Holds(flags, visits.Labs, infusions, today),
            [.. infusions.Where(v => v.Date >= today && flags.Any(f => f.FailsOn(v.Date))).Select(v => v.Id)],
            [.. visits.Appointments.Select(a => a.Value).Where(a => a.IsAhead(now)).Select(a => a.Id)], flags, card)
        {
            HoldsForValue = visits.Labs.HoldsVisits,
        };
    }

    private static bool CallsFirst(PatientVisits visits, Instant now)
    {
        var ahead = visits.Appointments.Select(a => a.Value).Where(a => a.Kind == AppointmentKind.Infusion && a.IsAhead(now)).ToList();
        return ahead.Count > 0 ? ahead.Exists(visits.PlansFirst) : visits.Fasting is { IsNeeded: true, IsOnFile: false };
    }

    private static async Task<IReadOnlyList<LabFlag>> OpenFlagsAsync(ClinicContext clinic, string patientId, CancellationToken cancellation)
    {
        var flags = new List<LabFlag>();
        await foreach (var row in clinic.Records.ListAsync(Rows.PatientLabFlags(patientId), cancellation))
        {
            flags.Add(RecordJson.Read<LabFlag>(row));
        }

        return [.. flags.Where(f => f.IsOpen)];
    }
}
