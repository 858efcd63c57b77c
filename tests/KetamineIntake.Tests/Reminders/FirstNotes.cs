using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Staff;

namespace KetamineIntake.Tests.Reminders;

internal static class FirstNotes
{
    /// <summary>The first page of what staff see.</summary>
    public static async Task<IReadOnlyList<StaffNote>> ListAsync(this StaffNotes notes, ClinicContext clinic, StaffMember by, CancellationToken cancellation) =>
        (await notes.PageAsync(clinic, StaffNotes.MaximumLimit, null, by, cancellation)).Items;
}
