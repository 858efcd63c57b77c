using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Protocols;

/// <summary>The shipped content holds every question and rule of the clinical catalogue.</summary>
public sealed class CatalogueTests
{
    private static readonly Protocol Shipped = EmbeddedProtocols.Load("iv-ketamine");

    private static readonly string[] Rules =
    [
        .. Ids("PSY", 12), .. Ids("CV", 16), .. Ids("NEU", 3), .. Ids("EYE", 2), .. Ids("RESP", 3), .. Ids("HEP", 2), .. Ids("REN", 1), .. Ids("HEM", 1),
        .. Ids("PREG", 3), .. Ids("AGE", 2), .. Ids("ALG", 2), .. Ids("SUB", 8), .. Ids("URO", 1), .. Ids("THY", 2), .. Ids("END", 2), .. Ids("POR", 1),
        .. Ids("NV", 1), .. Ids("DDI", 21), .. Ids("IND", 2), .. Ids("LOG", 3), .. Ids("GI", 1), .. Ids("SURG", 1), .. Ids("BMI", 1), .. Ids("LAB", 4), .. Ids("VIT", 4), .. Ids("NPO", 1),
    ];

    /// <summary>Rows of the catalogue that are not rules, and why. An id listed here is never used again.</summary>
    private static readonly Dictionary<string, string> Retired = new(StringComparer.Ordinal)
    {
        ["LOG-02"] = "The record of consent itself stops texts; no answer is involved.",
    };

    /// <summary>Rows that named two severities or two stages, or whose reasons need words of their own.</summary>
    private static readonly string[] Split =
    [
        "PSY-02b", "PSY-02c", "PSY-03b", "PSY-04b", "PSY-05b", "PSY-08b", "PSY-11b", "CV-05b", "CV-05c", "CV-05d", "CV-08b", "CV-08c", "CV-09b", "CV-10b", "NEU-01b", "NEU-01c", "NEU-03b", "EYE-01b", "RESP-01b", "RESP-01c", "RESP-03b", "HEP-02b",
        "REN-01b", "REN-01c", "URO-01b", "THY-01b", "THY-01c", "END-01b", "PREG-01b", "PREG-02b", "ALG-03b", "DDI-10b", "DDI-11b", "DDI-14b", "LOG-01b", "AGE-02b", "SUB-03b", "SUB-04b", "SUB-04c",
        "LAB-01b", "LAB-02b", "LAB-03b", "LAB-04b",
    ];

    private static readonly string[] Added = [.. Ids("SUI", 7), "ALG-03", "MED-01", "IND-03"];

    private static readonly string[] Items =
        """
        dem.givenName dem.familyName dem.dob dem.phone dem.email dem.tz dem.lang dem.smsConsent dem.sexAtBirth dem.weightKg dem.heightCm
        asq.1 asq.2 asq.3 asq.4 asq.4.week asq.5 ind.primary ind.trials ind.therapyTried
        psy.schiz psy.schizoaffective psy.delusional psy.hallucinationsNow psy.paranoiaNow psy.psychosisPast psy.psychosisLast psy.substanceInduced
        psy.famPsychosis psy.bipolar psy.bipolar.type psy.maniaNow psy.maniaLast psy.dissociative psy.personality psy.dementia psy.delirium
        cv.any cv.htn cv.htnControlled cv.meds cv.mi cv.mi.date cv.angina cv.angina.rest cv.cad cv.cad.recent cv.hf cv.hf.nyha cv.arrhythmia cv.arrhythmia.uncontrolled
        cv.valve cv.valve.severe cv.aorticAneurysm cv.otherAneurysm cv.avm cv.cardiomyopathy cv.syncope cv.pacemaker cv.pulmHtn cv.congenital cv.aorticDissection cv.bpSys cv.bpDia cv.bpDate
        neu.ich neu.stroke neu.stroke.date neu.tia neu.tia.date neu.brainAneurysm neu.icp neu.icp.now neu.tumour neu.tumour.now neu.hydro.now neu.headInjury neu.headInjury.date neu.headInjury.symptomatic
        neu.hydro neu.seizure neu.seizure.date neu.seizure.uncontrolled neu.hypertensiveEnceph eye.glaucoma eye.openGlobe eye.surgery
        resp.osa resp.osa.cpap resp.copd resp.copd.severe resp.o2 resp.asthma resp.asthma.severe resp.uri gi.gastroparesis gi.reflux
        hep.any hep.cirrhosis hep.cirrhosis.severity hep.hepatitis hep.highEnzymes ren.ckd ren.ckd.stage ren.dialysis uro.cystitis uro.luts
        endo.hyperthyroid endo.thyroidMeds endo.pheo endo.diabetes endo.diabetes.insulin por.porphyria
        preg.pregnant preg.trying preg.breastfeeding preg.contraception preg.late preg.lmp alg.ketamine alg.other alg.other.list surg.recent anes.badReaction anes.motion
        sub.alcohol auditc.1 auditc.2 auditc.3 sub.drug12m sub.drug30d sub.ketamineRec sub.opioidUse sub.cannabis sub.inTreatment
        sub.ketamine30d sub.opioid30d sub.stimulant30d sub.dependence sub.ketamineDependence sub.withdrawal
        med.classes med.list med.glp1 med.glp1.raised med.glp1.stomach med.antipsychotic.for med.lithium.for
        med.sglt2 med.anticoagulant med.nmda med.oxybate med.tricyclic med.tramadol med.bupropion ket.psychosis esk.now ket.prior ket.prior.date ket.prior.reaction
        phq9.1 phq9.2 phq9.3 phq9.4 phq9.5 phq9.6 phq9.7 phq9.8 phq9.9 phq9.difficulty gad7.1 gad7.2 gad7.3 gad7.4 gad7.5 gad7.6 gad7.7
        pcptsd5.trauma pcptsd5.1 pcptsd5.2 pcptsd5.3 pcptsd5.4 pcptsd5.5 log.escort log.drives log.capacityGuardian log.capacity pain.intensity
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Every_row_of_the_catalogue_is_a_rule_or_retired_with_a_reason() =>
        Assert.Equal(
            Rules.Except(Retired.Keys, StringComparer.Ordinal).Concat(Split).Concat(Added).Order(StringComparer.Ordinal),
            Shipped.Rules.Rules.Select(r => r.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_item_of_the_catalogue_is_a_question() =>
        Assert.All(Items, i => Assert.True(Shipped.Questionnaire.Find(i) is { Type: not ItemType.Group and not ItemType.Display }, i));

    [Fact]
    public void No_item_that_can_contraindicate_is_hidden_by_an_answer_its_rule_does_not_look_at()
    {
        foreach (var rule in Shipped.Rules.Rules.Where(r => r.Severity == Severity.Absolute))
        {
            var looksAt = GateCheck.Subjects(rule.When).OfType<Subject.Item>().Select(i => i.LinkId).ToHashSet(StringComparer.Ordinal);
            var gates = looksAt.SelectMany(i => Shipped.Questionnaire.Find(i)!.EnableWhen).Select(e => e.Question);
            Assert.Empty(gates.Except(looksAt, StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("PSY-01")]
    [InlineData("PSY-02")]
    [InlineData("PSY-03")]
    [InlineData("CV-02")]
    [InlineData("CV-03")]
    [InlineData("CV-04")]
    public void What_the_users_own_rules_rest_on_is_asked_of_everybody(string rule) =>
        Assert.All(
            GateCheck.Subjects(Shipped.Rules.Rules.Single(r => r.Id == rule).When).OfType<Subject.Item>(),
            i => Assert.Empty(Shipped.Questionnaire.Find(i.LinkId)!.EnableWhen));

    [Fact]
    public void Schizophrenia_contraindicates_and_no_clinic_may_lower_it() => IsFloor("PSY-01", Severity.Absolute, "psy.schiz", "psy.schizoaffective");

    [Fact]
    public void Active_psychosis_contraindicates_and_no_clinic_may_lower_it() =>
        IsFloor("PSY-02", Severity.Absolute, "psy.hallucinationsNow", "psy.delusional");

    [Fact]
    public void Aneurysms_contraindicate_and_no_clinic_may_lower_it() =>
        IsFloor("CV-02", Severity.Absolute, "cv.aorticAneurysm", "cv.otherAneurysm", "neu.brainAneurysm");

    [Fact]
    public void Current_mania_contraindicates_by_its_question_alone()
    {
        var rule = Shipped.Rules.Rules.Single(r => r.Id == "PSY-03");

        Assert.True(rule is { Severity: Severity.Absolute, Floor: true, Stage: Stage.Intake });
        Assert.Equal(("psy.maniaNow", "yes"), YesTo(rule.When));
    }

    [Fact]
    public void Every_cardiovascular_history_question_is_at_least_a_review() =>
        IsFloor("CV-01", Severity.Review, [.. Shipped.Questionnaire.All
            .Where(i => i.LinkId.StartsWith("cv.", StringComparison.Ordinal) && i.EnableWhen.Count == 0 && i.Codes.Any(o => o.Code == "yes"))
            .Select(i => i.LinkId)]);

    [Fact]
    public void Bipolar_disorder_is_a_review_whatever_is_said_of_mania() =>
        Assert.Equal(("psy.bipolar", "yes"), YesTo(Shipped.Rules.Rules.Single(r => r.Id == "PSY-05").When));

    [Fact]
    public void A_detail_is_shown_after_not_sure_as_after_yes() =>
        Assert.All(
            Shipped.Questionnaire.All.SelectMany(i => i.EnableWhen.GroupBy(e => e.Question, e => e.Code, StringComparer.Ordinal)),
            g => Assert.Contains("not-sure", g));

    [Fact]
    public void Every_yes_or_no_question_about_health_can_be_answered_not_sure() =>
        Assert.All(
            Shipped.Questionnaire.All.Where(i => !i.Identity && i.Type == ItemType.Choice && i.Codes.All(o => o.Ordinal is null)),
            i => Assert.Contains(i.Codes, o => o.Code == "not-sure"));

    [Fact]
    public void Licensed_scales_ship_without_a_text()
    {
        Assert.Equal(["cssrs", "mdq", "asrm", "pcl5"], Shipped.Scales.Where(s => !s.Loaded).Select(s => s.Id));
        Assert.DoesNotContain(Shipped.Questionnaire.All, i => Shipped.Scales.Any(s => !s.Loaded && i.LinkId.StartsWith(s.Id, StringComparison.Ordinal)));
    }

    [Fact]
    public void Required_tests_are_valid_for_three_calendar_months() =>
        Assert.Equal(
            [("ecg", 3), ("liver", 3), ("kidney", 3), ("cbc", 3)],
            Shipped.Labs.Select(l => (l.Test, l.ValidMonths)));

    [Fact]
    public void A_comprehensive_panel_satisfies_liver_and_kidney_and_single_liver_enzymes_only_together()
    {
        var sets = Shipped.Labs.ToDictionary(l => l.Test, l => l.AnyOf.Select(s => string.Join('+', s.AllOf.Select(c => c.Code))).ToList(), StringComparer.Ordinal);

        Assert.Contains("24323-8", sets["liver"]);
        Assert.Contains("24323-8", sets["kidney"]);
        Assert.Contains("1742-6+1920-8", sets["liver"]);
        Assert.Contains("718-7+6690-2+777-3", sets["cbc"]);
    }

    [Fact]
    public void A_crisis_message_names_help_first()
    {
        Assert.StartsWith("911", Shipped.Texts.Resources["imminent"][0].Phone, StringComparison.Ordinal);
        Assert.Equal("988", Shipped.Texts.Resources["high"][0].Phone);
        foreach (var urgency in new[] { "imminent", "high", "elevated" })
        {
            Assert.Contains("988", Shipped.Texts.Messages[urgency], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_patient_text_that_speaks_of_medicines_says_never_to_stop_one_alone() =>
        Assert.All(
            Shipped.Rules.Rules.Select(r => r.PatientText).Concat(Shipped.Texts.Messages.Values).OfType<string>()
                .Where(t => t.Contains("medicine", StringComparison.OrdinalIgnoreCase)),
            t => Assert.Contains("Never stop or change a medicine", t, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("schizo")]
    [InlineData("psychos")]
    [InlineData("mania")]
    [InlineData("bipolar")]
    [InlineData("disorder")]
    [InlineData("guarantee")]
    [InlineData("we told")]
    [InlineData("has been told")]
    [InlineData("notified")]
    public void No_patient_text_names_a_diagnosis_a_promise_or_something_not_done(string word) =>
        Assert.DoesNotContain(
            Shipped.Rules.Rules.Select(r => r.PatientText).Concat(Shipped.Texts.Messages.Values).OfType<string>(),
            t => t.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Ids(string group, int count) => Enumerable.Range(1, count).Select(n => $"{group}-{n:00}");

    private static void IsFloor(string id, Severity severity, params string[] items)
    {
        var rule = Shipped.Rules.Rules.Single(r => r.Id == id);
        Assert.True(rule is { Floor: true, Stage: Stage.Intake } && rule.Severity == severity);
        var leaves = Assert.IsType<Condition.Any>(rule.When).Of.Select(YesTo).ToList();
        Assert.Equal(items.Order(StringComparer.Ordinal), leaves.Select(l => l.Item).Order(StringComparer.Ordinal));
        Assert.All(leaves, l => Assert.Equal("yes", l.Codes));
    }

    private static (string Item, string Codes) YesTo(Condition condition)
    {
        var leaf = Assert.IsType<Condition.Is>(condition);
        return (leaf.Subject.Name, string.Join(',', leaf.Codes));
    }
}
