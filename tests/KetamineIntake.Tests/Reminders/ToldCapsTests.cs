using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Reminders;

/// <summary>Issue 10: nobody gets more texts than they were told, and what the texts of a visit need is kept free.</summary>
public class ToldCapsTests
{
    private static readonly TextCaps Caps = new(2, 8);

    [Fact]
    public void Whoever_was_told_six_keeps_six_until_a_text_with_another_number_went()
    {
        var six = new PastReminder("old", ReminderTemplate.OptIn, null, null, SmallClinic.At("2026-11-01T10:00"));
        var late = new PastReminder("late", ReminderTemplate.Booked, "v", null, SmallClinic.At("2026-11-10T10:00"));
        var eight = new PastReminder("new", ReminderTemplate.Booked, "v", null, SmallClinic.At("2026-11-20T10:00")) { MostPerWeek = 8 };

        Assert.Equal(8, Caps.AsTold([]).PerSevenDays);
        Assert.Equal(6, Caps.AsTold([six]).PerSevenDays);
        Assert.Equal(6, Caps.AsTold([six, late]).PerSevenDays);
        Assert.Equal(6, Caps.AsTold([six, eight with { SentAt = null }]).PerSevenDays);
        Assert.Equal(8, Caps.AsTold([six, late, eight]).PerSevenDays);
        Assert.Equal(5, (Caps with { PerSevenDays = 5 }).AsTold([six, eight]).PerSevenDays);
        Assert.Equal(8, (Caps with { PerSevenDays = 9 }).AsTold([eight]).PerSevenDays);
    }

    [Fact]
    public async Task Somebody_told_six_by_the_version_before_gets_six_and_the_next_booking_says_eight()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var old = $$"""{"id":"{{RowId.New()}}","patientId":"{{patient}}","template":"OptIn","appointmentVersion":0,"sendAt":"2026-11-10T15:00:00Z","actionableBy":"2026-12-01T19:00:00Z","text":"Northside Care: visit texts are ON, up to 6 msgs/week.","why":"with the first booking","status":"Sent","tries":1,"sentAt":"2026-11-10T15:00:00Z","messageId":"m","isSettled":true}""";
        var read = RecordJson.Read<Reminder>(new Row("x", System.Text.Encoding.UTF8.GetBytes(old), ""));
        await clinic.PutAsync(read);
        Assert.Equal((null, null, null), (read.TextName, read.VisitStart, read.MostPerWeek));
        Assert.Equal(6, await MostAsync(clinic, patient));

        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T11:00"));

        Assert.Contains("up to 8/week", Assert.Single(clinic.Sender.Texts).Text.Body, StringComparison.Ordinal);
        Assert.Equal(8, await MostAsync(clinic, patient));
    }

    [Fact]
    public async Task A_text_that_goes_late_leaves_the_place_of_what_matters_more()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T11:00"));
        var dayBefore = await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore);
        var weekBefore = await clinic.ReminderAsync(patient, ReminderTemplate.WeekBefore);

        // Seven others behind, so that one place is left in these seven days; the day-before text needs it.
        for (var i = 0; i < 7; i++)
        {
            await clinic.PutAsync(dayBefore with { Id = RowId.New(), Template = ReminderTemplate.CheckIn, Status = ReminderStatus.Sent, SentAt = SmallClinic.At($"2026-11-2{4 + (i / 2)}T12:00"), IsSettled = true });
        }

        await clinic.PutAsync(weekBefore with { SendAt = SmallClinic.At("2026-11-29T10:00") });
        clinic.Clock.Now = SmallClinic.At("2026-11-29T10:00");
        await clinic.DeliverAsync(clinic.MessageOf(weekBefore));
        Assert.Equal("dropped", (await clinic.ReminderAsync(patient, ReminderTemplate.WeekBefore)).StatusWord());

        clinic.Clock.Now = SmallClinic.At("2026-11-30T18:00");
        await clinic.DeliverAsync(clinic.MessageOf(dayBefore));
        Assert.Equal("sent", (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).StatusWord());
    }

    [Theory]
    [InlineData("+33123456789", true)]
    [InlineData("+12125550199", true)]
    [InlineData("+442079460123", false)]
    public async Task A_clinic_whose_number_texts_have_no_room_for_is_not_made(string phone, bool fits)
    {
        await using var clinic = await TestClinic.StartAsync();

        var (added, faults) = await clinic.Clinics.RunAsync(new NewClinic("elsewhere", "Elsewhere", "Europe/Paris", phone, true), default);

        Assert.Equal(fits, added is not null);
        Assert.Equal(fits ? 0 : 1, faults.Count(f => f.StartsWith("The phone number has more than 12 characters", StringComparison.Ordinal)));
    }

    [Fact]
    public void Where_drinking_has_to_be_planned_no_text_says_no_alcohol()
    {
        foreach (var template in Enum.GetValues<ReminderTemplate>().Except([ReminderTemplate.OptIn]))
        {
            foreach (var choice in new[] { new TextChoice(true, true), new TextChoice(false, true), new TextChoice(false, true, true) { IsBookedLate = true }, new TextChoice(false, true) { IsBookedLate = true } })
            {
                foreach (var language in Enum.GetValues<SmsLanguage>())
                {
                    var text = ReminderText.Of(
                        TextNames.Of(template, AppointmentKind.Infusion, choice), new TextSubject(SmallClinic.Visit("2026-12-01T14:00")), SmallClinic.Rules, SmallClinic.Signature, SmallClinic.Texts(language));
                    Assert.DoesNotContain("alcohol", text, StringComparison.OrdinalIgnoreCase);
                }
            }
        }
    }

    private static async Task<int> MostAsync(TextingClinic clinic, string patient)
    {
        var visits = (await PatientVisits.LoadAsync(clinic.Context, clinic.Phones, patient, default))!;
        var input = ReminderChanges.InputOf(clinic.Context, ClinicTexting.Of(clinic.Context, new SiteAddress()), visits, [.. visits.Appointments.Select(a => a.Value)], clinic.Clock.Now);
        return input.Rules.Caps.AsTold(input.Past).PerSevenDays;
    }
}
