using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Records;

public sealed class PurgeExpiredTests
{
    [Fact]
    public async Task A_purge_message_that_names_a_record_kept_for_good_fails_and_the_record_stays()
    {
        await using var clinic = await TestClinic.StartAsync();
        await new SubmitScreening(clinic.Phones, clinic.Clock).RunAsync(clinic.Context, TestClinic.Kim, AnswerSet.Empty, null, default);
        var patient = Assert.Single(await clinic.RowsAsync(Rows.Patients));
        clinic.Clock.Advance(NodaTime.Duration.FromDays(4000));

        await Assert.ThrowsAnyAsync<Exception>(() =>
            new PurgeExpired(clinic.Clock).RunAsync(clinic.Context.Records, new Message(Queues.Purge, "northside", patient.Key), default));

        Assert.NotNull(await clinic.Context.Records.FindAsync(patient.Key, default));
    }

    [Fact]
    public async Task A_purge_message_for_a_row_that_is_gone_is_done()
    {
        await using var clinic = await TestClinic.StartAsync();

        await new PurgeExpired(clinic.Clock).RunAsync(clinic.Context.Records, new Message(Queues.Purge, "northside", Rows.Draft(RowId.New())), default);

        Assert.Empty(await clinic.RowsAsync(Rows.Outbox));
    }
}
