using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

public sealed class AnswerTextTests
{
    public static TheoryData<Answer?, string?> Answers() => new()
    {
        { null, null },
        { new Answer.Choice("yes"), "yes" },
        { new Answer.Choices(["a", "b"]), "a,b" },
        { new Answer.Number(72.50m), "72.5" },
        { new Answer.Number(0), "0" },
        { new Answer.Number(0.05m), "0.05" },
        { new Answer.Number(-3), "-3" },
        { new Answer.Number(120.00m), "120" },
        { new Answer.Number(2147483647m), "2147483647" },
        { new Answer.Number(3000000000.50m), "3000000000.5" },
        { new Answer.Number(-3000000000m), "-3000000000" },
        { new Answer.Number(-2147483648m), "-2147483648" },
        { new Answer.Date(new PartialDate(2026)), "2026" },
        { new Answer.Date(new PartialDate(2026, 5)), "2026-05" },
        { new Answer.Date(new PartialDate(2026, 5, 7)), "2026-05-07" },
        { new Answer.Date(new PartialDate(987, 11, 17)), "0987-11-17" },
        { new Answer.Text("a b"), "a b" },
        { Answer.NotSure.Instance, "not-sure" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answers_read_as_in_the_contract(Answer? answer, string? text) => Assert.Equal(text, AnswerText.Of(answer));
}
