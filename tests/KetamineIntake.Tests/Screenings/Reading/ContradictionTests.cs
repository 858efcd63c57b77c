using System.Text.Json;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Tests.Screenings.Reading;

/// <summary>What cannot be true together is named by every door, with both places.</summary>
public sealed class ContradictionTests
{
    [Theory]
    [InlineData("""{"cv.bpSys":80,"cv.bpDia":120}""", "/answers/cv.bpDia", "must be lower than /answers/cv.bpSys")]
    [InlineData("""{"cv.bpSys":120,"cv.bpDia":120}""", "/answers/cv.bpDia", "must be lower than /answers/cv.bpSys")]
    [InlineData("""{"cv.bpDate":"1984"}""", "/answers/cv.bpDate", "lies before the date of birth")]
    [InlineData("""{"cv.bpDate":"1985-04-11"}""", "/answers/cv.bpDate", "lies before the date of birth")]
    [InlineData("""{"neu.seizure":"yes","neu.seizure.date":"1985-03"}""", "/answers/neu.seizure.date", "lies before the date of birth")]
    [InlineData("""{"sub.alcohol":"no","auditc.2":2}""", "/answers/auditc.2", "is only asked when /answers/sub.alcohol is \"yes\" or /answers/sub.alcohol is \"not-sure\"")]
    public void A_program_is_told_which_answers_do_not_go_together(string answers, string pointer, string detail) =>
        Assert.Contains(new FieldFault(pointer, detail), Read(answers).Faults);

    [Theory]
    [InlineData("""{"cv.bpSys":120,"cv.bpDia":119}""")]
    [InlineData("""{"cv.bpDia":119}""")]
    [InlineData("""{"cv.bpDate":"1985"}""")]
    [InlineData("""{"cv.bpDate":"1985-04-12"}""")]
    [InlineData("""{"cv.bpDate":"not-sure"}""")]
    public void What_can_be_true_is_taken(string answers) => Assert.Empty(Read(answers).Faults);

    [Fact]
    public void Zeros_of_somebody_who_does_not_drink_agree_and_are_left_out()
    {
        var reading = Read("""{"sub.alcohol":"no","auditc.1":0,"auditc.2":0,"auditc.3":0}""");
        Assert.Empty(reading.Faults);
        Assert.Equal(["sub.alcohol"], reading.Submission!.Answers.All.Select(a => a.Key));
    }

    [Fact]
    public void Zeros_without_an_answer_to_whether_one_drinks_are_still_a_fault() =>
        Assert.Single(Read("""{"auditc.1":0}""").Faults);

    [Fact]
    public void Drinks_that_an_earlier_version_took_beside_no_are_believed()
    {
        var stored = AnswerSet.Empty.With("sub.alcohol", new Answer.Choice("no"))
            .With("auditc.1", new Answer.Number(4)).With("auditc.2", new Answer.Number(4)).With("auditc.3", new Answer.Number(4));
        var result = EmbeddedProtocol.RuleSet.Screen(HealthyPatient.Facts(stored));

        Assert.Equal(12, result.Scores.Single(s => s.Scale == "auditc").Total);
        Assert.Contains(result.Findings, f => f.Rule == "SUB-04b");
    }

    private static SubmissionReading Read(string answers)
    {
        using var document = JsonDocument.Parse($$"""{"patient":{"givenName":"Kim","familyName":"Park","birthDate":"1985-04-12","phone":"+12125550123"},"answers":{{answers}}}""");
        return JsonSubmissionReader.Read(document.RootElement, EmbeddedProtocol.Questionnaire, HealthyPatient.Today);
    }
}
