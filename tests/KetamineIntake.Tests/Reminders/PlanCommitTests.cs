using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Preparation;

namespace KetamineIntake.Tests.Reminders;

public class PlanCommitTests
{
    private static readonly string[] Own = ["plan|", "phone|"];

    [Theory]
    [InlineData(0, 2)]
    [InlineData(97, 99)]
    public async Task What_has_room_goes_into_one_commit(int reminders, int changes)
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var visits = await LoadAsync(clinic);

        var all = PlanCommit.Of(clinic.Context, visits, [], [.. Enumerable.Range(0, reminders).Select(_ => Reminder())], clinic.Clinic.Clock.Now);

        Assert.Equal(changes, all.Count);
        Assert.Equal(Own, all.Take(2).Select(c => c.Key[..(c.Key.IndexOf('|') + 1)]));
        Assert.DoesNotContain(all, c => Rows.IsOutbox(c.Key));
    }

    [Theory]
    [InlineData(true, 96)]
    [InlineData(false, 97)]
    public async Task What_finds_no_room_is_planned_by_a_message_and_no_reminder_is_parted_from_its_own(bool parts, int kept)
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var (visits, now) = (await LoadAsync(clinic), clinic.Clinic.Clock.Now);
        List<Change> reminders = [.. Enumerable.Range(0, 98).Select(_ => Reminder())];
        reminders[97] = parts ? Outbox.Row(new Message(Queues.Reminders, "northside", "x"), now) : reminders[97];

        var all = PlanCommit.Of(clinic.Context, visits, [], reminders, now);

        Assert.Equal(reminders.Take(kept), all.Skip(2).Take(kept));
        var message = all[^1];
        Assert.Equal(kept + 3, all.Count);
        Assert.Equal((new Message(Queues.Plans, "northside", clinic.Patient), now), (Outbox.Read(new Row(message.Key, ((Change.Insert)message).Body, "")), Rows.OutboxDue(message.Key)));
        Assert.IsType<CommitResult.Committed>(await clinic.Context.Records.CommitAsync([.. all.Where(c => !c.Key.StartsWith("reminder|", StringComparison.Ordinal))], default));
        Assert.Equal([clinic.Patient], await PhoneBook.PatientsAsync(clinic.Context, visits.PhoneHash, 9, null, default));
    }

    [Fact]
    public async Task Two_who_plan_at_once_never_both_succeed()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var now = clinic.Clinic.Clock.Now;
        for (var time = 0; time < 2; time++)
        {
            var (one, other) = (await LoadAsync(clinic), await LoadAsync(clinic));

            Assert.IsType<CommitResult.Committed>(await clinic.Context.Records.CommitAsync(PlanCommit.Of(clinic.Context, one, [], [], now), default));
            Assert.IsType<CommitResult.Conflict>(await clinic.Context.Records.CommitAsync(PlanCommit.Of(clinic.Context, other, [], [], now), default));
            Assert.Equal(new PlanStamp(now), RecordJson.Read<PlanStamp>((await LoadAsync(clinic)).Stamp!));
        }
    }

    private static Change.Insert Reminder() => new(Rows.Reminder(RowId.New(), RowId.New()), "{}"u8.ToArray());

    private static async Task<PatientVisits> LoadAsync(PreparedClinic clinic) =>
        (await PatientVisits.LoadAsync(clinic.Context, new PhoneBook(clinic.Clinic.Stores), clinic.Patient, default))!;
}
