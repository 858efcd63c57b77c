using System.Text;
using KetamineIntake.Core.Labs;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Labs;

/// <summary>Which codes and words mean which test: read by a person, so a change shows as a change of a file.</summary>
public sealed class LabKindsTests
{
    [Fact]
    public void The_codes_and_words_of_every_test_are_as_approved()
    {
        var report = new StringBuilder();
        foreach (var kind in LabKinds.All)
        {
            report.Append(kind.Name).Append(kind.IsNumber ? ", a number" : kind.IsMeasured ? ", words or a number" : ", a panel or tracing").Append('\n')
                .Append("  codes  ").AppendJoin(' ', kind.Codes).Append('\n')
                .Append("  words  ").AppendJoin(", ", kind.Words).Append('\n')
                .Append("  tests  ").AppendJoin(' ', LabTests.All.Where(test => LabKinds.CanBe(kind.Codes[0], test))).Append('\n');
        }

        Approved.Equal("Labs/LabKinds.approved.txt", report.ToString());
    }

    [Fact]
    public void Every_code_finds_its_kind_and_every_word_names_it_as_a_whole_word_only()
    {
        Assert.All(LabKinds.All.SelectMany(kind => kind.Codes.Select(code => (kind, code))), k => Assert.Same(k.kind, LabKinds.Find(k.code)));
        foreach (var (kind, word) in LabKinds.All.SelectMany(kind => kind.Words.Select(word => (kind, word))))
        {
            var written = word.TrimEnd('*');
            Assert.True(kind.IsNamedIn($"Serum {written.ToUpperInvariant()}, fasting"), word);
            Assert.False(kind.IsNamedIn("x" + written + "x"), word);
            Assert.Equal(word.EndsWith('*'), kind.IsNamedIn(written + "xyz"));
        }
    }

    [Theory]
    [InlineData("ECG", "Liver panel", "hepatic function panel")]
    [InlineData("ECG", "EKG with liver panel", null)]
    [InlineData("ECG", "Something else", null)]
    [InlineData("hepatic function panel", "Complete blood count", "complete blood count")]
    public void Words_of_another_test_contradict_a_code(string kind, string words, string? named) =>
        Assert.Equal(named, LabKinds.Contradiction(LabKinds.All.Single(k => k.Name == kind), words));

    [Fact]
    public void A_code_that_nobody_knows_can_be_of_any_test() =>
        Assert.All(LabTests.All, test => Assert.True(LabKinds.CanBe("9999-9", test)));
}
