using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>ECGs in words: in doubt the clinician looks.</summary>
public sealed class LabWordsTests
{
    [Theory]
    [InlineData("Normal ECG")]
    [InlineData("NORMAL SINUS RHYTHM")]
    [InlineData("Sinus rhythm")]
    [InlineData("EKG: within normal limits.")]
    [InlineData("Normal 12-lead electrocardiogram")]
    [InlineData("Unremarkable")]
    [InlineData("WNL")]
    [InlineData("Sinus rhythm, no acute changes")]
    [InlineData("No acute changes")]
    [InlineData("Normal sinus rhythm\nOtherwise normal ECG")]
    [InlineData("Normal sinus rhythm - normal ECG")]
    [InlineData("Normal sinus rhythm with normal rate, axis and intervals")]
    [InlineData("Normal ECG; Normal")]
    [InlineData("Normal sinus rhythm. No ST-T wave changes, no AV block.")]
    [InlineData("Normal ECG without ischaemia/infarct or acute injury")]
    [InlineData("Normal sinus rhythm. No ST elevation or depression.")]
    public void Normal_is_what_holds_nothing_but_normal_words(string words) => Assert.Equal("normal", LabWords.EcgFinding(words));

    [Theory]
    [InlineData("Normal sinus rhythm, QTc 560 ms")]
    [InlineData("Normal sinus rhythm with runs of VT")]
    [InlineData("Ventricular tachycardia")]
    [InlineData("Ventricular fibrillation")]
    [InlineData("Atrial fibrillation, otherwise normal ECG")]
    [InlineData("Normal ECG?")]
    [InlineData("Not normal")]
    [InlineData("Normal variant")]
    [InlineData("Sinus bradycardia, otherwise normal ECG")]
    [InlineData("No ischemia")]
    [InlineData("ECG rhythm")]
    [InlineData("TEST NOT PERFORMED")]
    [InlineData("No change")]
    [InlineData("...")]
    public void Anything_else_beside_a_normal_word_is_not_normal(string words) => Assert.Equal("other", LabWords.EcgFinding(words));

    [Theory]
    [InlineData("Normal sinus rhythm. Acute MI.")]
    [InlineData("ST elev inferior leads, consider acute injury")]
    [InlineData("ST elev V1")]
    [InlineData("Anterior injury pattern")]
    [InlineData("STEMI")]
    [InlineData("NSTEMI")]
    [InlineData("st-segment depressed")]
    [InlineData("No change\nIschemia in the lateral leads")]
    [InlineData("No significant\r\nischemia")]
    [InlineData("No significant change - acute infarct")]
    [InlineData("No significant change acute infarct")]
    [InlineData("No change-acute infarct")]
    [InlineData("No change/ischemia persists")]
    [InlineData("No ischemia infarct")]
    [InlineData("Without change of infarct")]
    [InlineData("No complete heart block, but acute ischemia")]
    public void A_denial_ends_where_its_sentence_line_or_noun_does(string words) => Assert.Equal("ischaemia", LabWords.EcgFinding(words));

    [Theory]
    [InlineData("AV dissociation")]
    [InlineData("Complete heart block")]
    [InlineData("Normal ECG, RBBB")]
    [InlineData("No ischemia - bundle branch blocks")]
    public void Every_block_is_for_the_clinician(string words) => Assert.Equal("new-block", LabWords.EcgFinding(words));

    [Theory]
    [InlineData("34534-8", "Ventricular tachycardia", "other", true)]
    [InlineData("8601-7", "Normal sinus rhythm, QTc 560 ms", "other", true)]
    [InlineData("8601-7", "Acute ischemia", "ischaemia", false)]
    [InlineData("34534-8", "Normal ECG", "normal", false)]
    public void An_ECG_that_is_neither_normal_nor_known_to_a_rule_is_named(string code, string words, string finding, bool isNamed)
    {
        var result = Measured("2026-10-01", Words(code, words));

        Assert.Equal(new Answer.Choice(finding), LabFacts.Of([result], [], Bounds)["ecg.finding"]);
        Assert.Equal(isNamed ? [code] : [], LabFacts.Unreadable([result], Bounds).Select(v => v.Code));
    }

    [Fact]
    public async Task The_clinician_is_told_of_it_until_a_newer_ECG_is_normal()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        Assert.Equal(["34534-8"], (await clinic.AddAsync(patient, Measured("2026-10-01", Words("34534-8", "Ventricular tachycardia")))).View.Unreadable);
        Assert.Single(await clinic.KeysAsync(Core.Records.Rows.LabAlerts));
        Assert.Empty((await clinic.AddAsync(patient, Measured("2026-10-02", Words("34534-8", "Normal ECG")))).View.Unreadable);
        Assert.Empty(await clinic.KeysAsync(Core.Records.Rows.LabAlerts));
    }

    [Theory]
    [InlineData("Normal ECG", 10, "Normal ECG")]
    [InlineData("Normal ECG.", 10, "Normal ECG […]")]
    [InlineData("Normal ECG. Bundle branch block.", 11, "Normal ECG. […] block")]
    [InlineData("Normal ECG. Acute ischemia.", 11, "Normal ECG. […] ischaemia")]
    [InlineData("Normal ECG. QTc 560 ms.", 11, "Normal ECG. […] abnormal")]
    [InlineData("Qualitative test: positive", 16, "Qualitative test […] positive")]
    [InlineData("Qualitative test: negative", 16, "Qualitative test […] negative")]
    [InlineData("Positive, confirmed", 8, "Positive […]")]
    public void What_only_the_end_of_a_long_text_says_is_said_behind_its_beginning(string words, int longest, string kept) =>
        Assert.Equal(kept, LabWords.Cut(words, longest));
}
