using KetamineIntake.Core.Reminders;
using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>What is to be booked.</summary>
public abstract record BookingRequest
{
    private BookingRequest()
    {
    }

    public sealed record Visit(LocalDateTime Start, AppointmentKind Kind) : BookingRequest;

    /// <param name="Sessions">Null: as many as the protocol says.</param>
    /// <param name="PerWeek">Null: as often as the protocol says.</param>
    public sealed record Series(LocalDateTime First, int? Sessions, int? PerWeek) : BookingRequest;
}

/// <summary>What became of a booking, a move or a cancellation.</summary>
public abstract record BookingResult
{
    private BookingResult()
    {
    }

    /// <param name="Appointments">As they are stored now, or would be for a preview.</param>
    /// <param name="Reminders">Everything that is still to be texted to the patient, for all visits.</param>
    /// <param name="Notes">What the person who books should know.</param>
    public sealed record Done(IReadOnlyList<Appointment> Appointments, IReadOnlyList<Reminder> Reminders, IReadOnlyList<string> Notes) : BookingResult
    {
        /// <summary>No text tells the patient, or none in time: a person has to.</summary>
        public bool MustCall { get; init; }
    }

    /// <summary>This clinic has no such patient or appointment.</summary>
    public sealed record NotFound : BookingResult;

    /// <summary>The times cannot be used; none of a series is booked then.</summary>
    public sealed record Refused(IReadOnlyList<BookingFault> Faults) : BookingResult;

    /// <summary>The referral or the appointment is in a state that does not allow it.</summary>
    public sealed record Conflict(string Detail) : BookingResult;
}
