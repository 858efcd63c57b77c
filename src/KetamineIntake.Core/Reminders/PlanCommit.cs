using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>Puts a change of appointments and the plan that follows from it into one commit.</summary>
internal static class PlanCommit
{
    /// <summary>
    /// All changes of the commit, at most as many as one takes. What finds no room is planned right afterwards by the message that rides along.
    /// </summary>
    public static IReadOnlyList<Change> Of(ClinicContext clinic, PatientVisits visits, IReadOnlyList<Change> changes, IReadOnlyList<Change> reminders, Instant now)
    {
        List<Change> all = [.. changes, Stamp(visits, now), Replies.PhoneBook.Entry(visits.PhoneHash, visits.Patient.Id)];
        if (visits.IsJudgedByOtherRules)
        {
            // Booked after the rules changed: the plan message judges whoever was not judged with those who had a visit ahead then.
            all.Add(Outbox.Row(new Message(Queues.Plans, clinic.Clinic.Slug, visits.Patient.Id), now));
        }

        var room = Core.Records.Changes.Maximum - all.Count - 1;
        if (reminders.Count <= room)
        {
            return [.. all, .. reminders];
        }

        // A reminder and its message stay together: the message is the one behind it.
        var cut = reminders[room] is Change.Insert insert && Rows.IsOutbox(insert.Key) ? room - 1 : room;
        return [.. all, .. reminders.Take(cut), Outbox.Row(new Message(Queues.Plans, clinic.Clinic.Slug, visits.Patient.Id), now)];
    }

    /// <summary>Makes the commit of whoever read the patient's plan before this one fail: what is about to be sent was decided without knowing of it.</summary>
    public static Change Touch(string patientId, Instant now) => new Change.Upsert(Rows.Plan(patientId), RecordJson.Write(new PlanStamp(now)));

    /// <summary>Fails the commit when anything was planned, sent or refused for the patient since <paramref name="visits"/> was read.</summary>
    public static Change Stamp(PatientVisits visits, Instant now)
    {
        var body = RecordJson.Write(new PlanStamp(now));
        return visits.Stamp is { } stamp ? new Change.Replace(stamp.Key, body, stamp.ETag) : new Change.Insert(Rows.Plan(visits.Patient.Id), body);
    }
}
