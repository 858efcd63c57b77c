using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

/// <summary>Fasting on insulin can kill. No text names fasting times unless the answers rule it out or a clinician's plan is on file (domain 8, call first).</summary>
public class CallFirstTests
{
    // No to everything that asks for a call first.
    private const string No = "endo.diabetes=no med.classes=none med.sglt2=no med.glp1=no sub.alcohol=no sub.withdrawal=no ";

    public static TheoryData<string, bool> Cases => new()
    {
        { "", true },
        { No + "endo.diabetes=-", true },
        { No + "endo.diabetes=not-sure", true },
        { No + "endo.diabetes=yes", true },
        { No + "endo.diabetes=yes endo.diabetes.insulin=not-sure", true },
        { No + "endo.diabetes=yes endo.diabetes.insulin=yes", true },
        { No + "endo.diabetes=yes endo.diabetes.insulin=no", false },
        { No + "med.classes=-", true },
        { No + "med.classes=not-sure", true },
        { No + "med.classes=insulin", true },
        { No + "med.classes=sulfonylurea", true },
        { No + "med.classes=lithium", false },
        { No + "med.sglt2=-", true },
        { No + "med.sglt2=not-sure", true },
        { No + "med.sglt2=yes", true },
        { No + "med.glp1=-", true },
        { No + "med.glp1=not-sure", true },
        { No + "med.glp1=yes med.glp1.raised=no med.glp1.stomach=no", true },
        { No + "sub.withdrawal=-", true },
        { No + "sub.withdrawal=not-sure", true },
        { No + "sub.withdrawal=yes", true },
        { No + "sub.alcohol=-", true },
        { No + "sub.alcohol=yes", true },
        { No + "sub.alcohol=yes auditc.1=4 auditc.2=1 auditc.3=0", true },
        { No + "sub.alcohol=yes auditc.1=4 auditc.2=0 auditc.3=0", false },
        { No + "sub.alcohol=yes auditc.1=3 auditc.2=1 auditc.3=4", true },
        { No + "sub.alcohol=yes auditc.1=3 auditc.2=1 auditc.3=3", false },
        { No + "sub.alcohol=no auditc.1=4 auditc.2=4", true },
        { No, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Only_answers_that_rule_it_out_let_a_text_name_fasting_times(string answers, bool callsFirst)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: Answers(answers));
        await clinic.VisitAsync(patient, "2026-12-01T14:00");

        foreach (var template in new[] { ReminderTemplate.DayBefore, ReminderTemplate.DayOf })
        {
            Assert.Equal(callsFirst, !(await clinic.ReminderAsync(patient, template)).Text.Contains("water ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_clinician_can_demand_a_plan_whatever_the_answers_say()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        Assert.True(await NamesTimesAsync(clinic, patient));

        Assert.False(await OrderedAsync(clinic, patient, onFile: false, needed: true));
        Assert.False(await OrderedAsync(clinic, patient, onFile: false, needed: null));
        Assert.True(await OrderedAsync(clinic, patient, onFile: true, needed: null));
        Assert.False(await OrderedAsync(clinic, patient, onFile: false, needed: null));
        Assert.True(await OrderedAsync(clinic, patient, onFile: false, needed: false));
    }

    [Theory]
    [InlineData(ReminderTemplate.DayBefore, "2026-11-30T18:00")]
    [InlineData(ReminderTemplate.DayOf, "2026-12-01T11:00")]
    public async Task A_text_that_is_due_already_when_the_plan_is_demanded_goes_without_times(ReminderTemplate template, string now)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At(now) - Duration.FromSeconds(1));
        clinic.Clock.Now = SmallClinic.At(now);
        var due = await clinic.ReminderAsync(patient, template);
        Assert.Contains("water", due.Text, StringComparison.Ordinal);
        await OrderAsync(clinic, patient, false, true);

        // Before the new plan is made.
        await clinic.DeliverAsync(clinic.MessageOf(due));

        var (_, sent) = clinic.Sender.Texts[^1];
        Assert.DoesNotContain("water", sent.Body, StringComparison.Ordinal);
        Assert.Contains("212-555-0199", sent.Body, StringComparison.Ordinal);
        var stored = await clinic.ReminderAsync(patient, template);
        Assert.Equal(("sent", sent.Body), (stored.StatusWord(), stored.Text));
        Assert.EndsWith("; without times for food and water, which a clinician has to plan first", stored.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_plan_on_file_lifts_the_guard()
    {
        Assert.False(await CallsFirstAsync(false, null, false));
        Assert.True(await CallsFirstAsync(true, null, false));
        Assert.True(await CallsFirstAsync(false, true, false));
        Assert.False(await CallsFirstAsync(false, false, false));
        Assert.True(await CallsFirstAsync(true, false, false));
        Assert.False(await CallsFirstAsync(true, true, true));
    }

    private static async Task<bool> CallsFirstAsync(bool mayHarm, bool? needed, bool onFile)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: mayHarm ? Answers("endo.diabetes=yes") : null);
        var visit = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await OrderAsync(clinic, patient, onFile, needed);
        return (await PatientVisits.LoadAsync(clinic.Context, clinic.Phones, patient, default))!.CallsFirst(visit);
    }

    private static async Task<bool> OrderedAsync(TextingClinic clinic, string patient, bool onFile, bool? needed)
    {
        await OrderAsync(clinic, patient, onFile, needed);
        await clinic.DeliverAsync(clinic.Clock.Now);
        return await NamesTimesAsync(clinic, patient);
    }

    private static async Task OrderAsync(TextingClinic clinic, string patient, bool onFile, bool? needed) =>
        Assert.True(await new OrderPreparation(clinic.Clock).RunAsync(
            clinic.Context, patient, new PreparationOrders(false, false, onFile, "", Instant.MinValue) { FastingPlanNeeded = needed }, clinic.Ana, default));

    private static async Task<bool> NamesTimesAsync(TextingClinic clinic, string patient) =>
        (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).Text.Contains("No food", StringComparison.Ordinal);

    private static AnswerSet Answers(string text) => Written.Answers(EmbeddedProtocol.Questionnaire, text);
}
