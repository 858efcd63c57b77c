using System.Globalization;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>Books a visit or a series for an accepted patient, and plans the texts that prepare them in the same commit.</summary>
public sealed class BookAppointments(IRecordStores stores, PhoneBook phones, SiteAddress site, IClock clock)
{
    private const int Attempts = 4;

    /// <summary>What a booking would store and text; nothing is stored.</summary>
    public Task<BookingResult> PreviewAsync(ClinicContext clinic, string patientId, BookingRequest request, CancellationToken cancellation) =>
        TryAsync(clinic, patientId, request, null, cancellation)!;

    public async Task<BookingResult> RunAsync(ClinicContext clinic, string patientId, BookingRequest request, StaffMember by, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await TryAsync(clinic, patientId, request, by, cancellation) is { } result)
            {
                return result;
            }
        }

        return new BookingResult.Conflict("Somebody else booked at the same time. Look again, then try again.");
    }

    /// <summary>Null when somebody else was faster.</summary>
    /// <param name="by">Null for a preview.</param>
    private async Task<BookingResult?> TryAsync(ClinicContext clinic, string patientId, BookingRequest request, StaffMember? by, CancellationToken cancellation)
    {
        if (await PatientVisits.LoadAsync(clinic, phones, patientId, cancellation) is not { } visits)
        {
            return new BookingResult.NotFound();
        }

        if (await BookableReferral.FindAsync(clinic, patientId, cancellation) is not { } referral)
        {
            return new BookingResult.Conflict("No referral of this patient is accepted or overridden. A clinician decides first.");
        }

        var now = clock.GetCurrentInstant();
        var texting = ClinicTexting.Of(clinic, site);
        var rules = texting.RulesFor(visits).Visits;
        var (first, last) = Span(request, rules);
        var days = await ClinicDays.LoadAsync(clinic, first, last, cancellation);
        var verdict = Decide(request, Calendars.Of(clinic, rules, visits, days, null, now));
        if (verdict.Faults.Count > 0)
        {
            return new BookingResult.Refused(verdict.Faults);
        }

        var booked = Appointments(verdict, request, visits, clinic, BookableReferral.OverrideReason(referral), now);
        List<Appointment> all = [.. visits.Appointments.Select(a => a.Value), .. booked];
        var plan = ReminderChanges.Plan(clinic, texting, visits, all, now);
        var others = await FilledInAgain.OthersAsync(clinic, phones, visits, booked, now, cancellation);
        var done = new BookingResult.Done(booked, plan, [.. verdict.Notes, .. others.Select(n => n.Words)]);
        if (by is null)
        {
            return done;
        }

        foreach (var visit in booked)
        {
            days.Add(visit.Start.Date, Calendars.DayVisit(visit, rules));
        }

        await KeepLinkOwnerAsync(clinic, booked[0].LinkToken, cancellation);
        Change[] changes =
        [
            .. booked.Select(a => new Change.Insert(Rows.Appointment(patientId, a.Id), RecordJson.Write(a))),
            .. days.Changes(),
            new Change.Insert(Rows.Link(booked[0].LinkToken), RecordJson.Write(new PreparationLink(patientId, 0, new Dictionary<string, IReadOnlyList<string>>()))),
            new AuditEntry(now, by.Id, "appointment.book", Rows.Appointment(patientId, booked[0].Id)).ToChange(),
            ReviewLabs.Request(clinic.Clinic.Slug, patientId, now),
            .. Untold.Notes(plan, all, visits, now),
            .. Unprepared(booked, visits, now),
            .. others.Select(n => n.Insert()),
        ];
        var reminders = ReminderChanges.Changes(clinic, visits, plan, all, now);
        return await clinic.Records.CommitAsync(PlanCommit.Of(clinic, visits, changes, reminders, now), cancellation) is CommitResult.Committed ? done : null;
    }

    // Whom no text may prepare, a person does.
    private static IEnumerable<Change> Unprepared(IReadOnlyList<Appointment> booked, PatientVisits visits, Instant now)
    {
        var infusions = booked.Where(a => a.Kind == AppointmentKind.Infusion).ToList();
        if (visits.NoTexts is not { } why || infusions.Count == 0)
        {
            return [];
        }

        var words = infusions.Find(visits.CallsFirst) is { } first
            ? $"No text asks the patient to call about food and drink before the visit on {Show(first)} ({why}), and a clinician has to plan both first. Please call."
            : $"No text prepares the patient for what is booked: {string.Join(", ", infusions.Select(Show))} ({why}). Please call about food, water and the way home.";
        return [new StaffNote(RowId.New(), NoteKind.Visits, now, visits.Patient.Phone, [visits.Patient.Id], words).Insert()];
    }

    private static string Show(Appointment visit) => visit.Start.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static (LocalDate First, LocalDate Last) Span(BookingRequest request, VisitRules rules) => request switch
    {
        BookingRequest.Series series => (series.First.Date, SeriesPlan.LastDay(ToSeries(series, rules))),
        BookingRequest.Visit visit => (visit.Start.Date, visit.Start.Date),
        _ => throw new InvalidOperationException("A kind of booking that is not handled."),
    };

    private static SeriesVerdict Decide(BookingRequest request, Calendar calendar)
    {
        if (request is BookingRequest.Series series)
        {
            return SeriesPlan.Decide(ToSeries(series, calendar.Rules), calendar);
        }

        var visit = (BookingRequest.Visit)request;
        var verdict = BookingCheck.Decide(visit.Start, visit.Kind, calendar);
        return new SeriesVerdict(verdict.CanBeBooked ? [new SeriesVisit(visit.Start, verdict.StartsAt!.Value)] : [], verdict.Faults, verdict.Notes);
    }

    private static SeriesRequest ToSeries(BookingRequest.Series series, VisitRules rules) =>
        new(series.First, series.Sessions ?? rules.Sessions, series.PerWeek ?? rules.PerWeek);

    private static List<Appointment> Appointments(
        SeriesVerdict verdict, BookingRequest request, PatientVisits visits, ClinicContext clinic, string? overrideReason, Instant now)
    {
        var kind = request is BookingRequest.Visit visit ? visit.Kind : AppointmentKind.Infusion;
        var series = request is BookingRequest.Series ? RowId.New() : null;
        var token = Tokens.New();
        var ordinals = Ordinals.Free(visits.Appointments.Select(a => a.Value), kind);
        return
        [
            .. verdict.Visits.Zip(ordinals, (v, ordinal) => new Appointment(
                RowId.New(), visits.Patient.Id, kind, v.Start, clinic.Clinic.TimeZone, v.StartsAt, AppointmentStatus.Booked,
                ordinal, 1, series, token, overrideReason, now)
            {
                IsConfirmedByText = kind == AppointmentKind.Infusion,
            }),
        ];
    }

    // Before the commit: a link that leads nowhere yet is harmless, a text whose link leads nowhere is not.
    private Task<CommitResult> KeepLinkOwnerAsync(ClinicContext clinic, string token, CancellationToken cancellation) =>
        stores.Open(Rows.Global).CommitAsync([new Change.Insert(Rows.Link(token), RecordJson.Write(new LinkOwner(clinic.Clinic.Slug)))], cancellation);
}
