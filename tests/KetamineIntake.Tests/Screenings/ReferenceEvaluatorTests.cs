using System.Text.Json;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

public sealed class ReferenceEvaluatorTests
{
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(2, 0.7)]
    [InlineData(3, 0.9)]
    [InlineData(4, 1.0)]
    public void The_compiled_rules_agree_with_a_plain_reading_of_random_rules(int seed, double density)
    {
        var made = new RandomScreenings(SmallProtocol.Form, [SmallProtocol.Four, SmallProtocol.Slot], seed);
        for (var i = 0; i < 1000; i++)
        {
            Rule[] rules = [.. Enumerable.Range(0, 5).Select(made.Rule)];
            var compiled = SmallProtocol.Compile(rules);
            var reference = new ReferenceEvaluator(SmallProtocol.Form, [SmallProtocol.Four, SmallProtocol.Slot], rules);
            for (var j = 0; j < 5; j++)
            {
                var facts = Facts(made, density);
                Assert.Equal(JsonSerializer.Serialize(reference.Screen(facts)), JsonSerializer.Serialize(compiled.Screen(facts)));
            }
        }
    }

    private static ScreeningFacts Facts(RandomScreenings made, double density) =>
        new(made.Answers(density), SmallProtocol.Born, SmallProtocol.Today, new Dictionary<string, Answer> { ["lab"] = new Answer.Number(3) });
}
