using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Protocols;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings;

public sealed class RuleSetArchiveTests
{
    private readonly MemoryRecords records = new();

    [Fact]
    public async Task A_rule_set_is_kept_once()
    {
        var clinic = Embedded();

        await RuleSetArchive.KeepAsync(clinic, default);
        await RuleSetArchive.KeepAsync(clinic, default);

        Assert.Single(records.Commits);
        Assert.Equal([Rows.RuleSet(clinic.Protocol.Hash, clinic.Rules.Hash)], records.Keys);
        var archived = RecordJson.Read<ArchivedRuleSet>(records[records.Keys.Single()]);
        Assert.Equal(new ProtocolDocuments().Names.Where(n => !n.StartsWith("replies.", StringComparison.Ordinal)).Order(StringComparer.Ordinal), archived.Documents.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_rule_set_comes_back_with_its_overrides_and_the_clinic_of_today()
    {
        var overrides = ClinicOverrides.None with { Severities = [new SeverityOverride("NV-01", Severity.Absolute)] };
        var then = Embedded(overrides);
        await RuleSetArchive.KeepAsync(then, default);
        var now = Embedded() with { Clinic = then.Clinic with { Overrides = ClinicOverrides.None, Name = "Northside Health" } };

        var found = await RuleSetArchive.FindAsync(now, Stored(then), default);

        Assert.Equal((then.Protocol.Hash, then.Rules.Hash), (found!.Protocol.Hash, found.Rules.Hash));
        Assert.NotEqual(now.Rules.Hash, found.Rules.Hash);
        Assert.Equal((now.Clinic, now.Records), (found.Clinic, found.Records));
        Assert.Null(await RuleSetArchive.FindAsync(now, Stored(now), default));
        Assert.Null(await RuleSetArchive.FindAsync(now, Stored(then) with { ProtocolHash = new string('0', 64) }, default));
    }

    [Fact]
    public void Documents_that_nobody_can_read_any_more_are_an_error() => Assert.Throws<InvalidOperationException>(
        () => new ArchivedRuleSet(ClinicOverrides.None, new Dictionary<string, string> { ["rules.json"] = "{}" }).Restore(SmallClinic.With(records)));

    private ClinicContext Embedded(ClinicOverrides? overrides = null)
    {
        var protocol = EmbeddedProtocol.Protocol;
        var clinic = SmallClinic.With(records).Clinic with { ProtocolId = protocol.Id, Overrides = overrides ?? ClinicOverrides.None };
        var rules = ClinicProtocol.ApplyOrThrow(protocol.Rules, clinic.Overrides, clinic.Slug);
        return new ClinicContext(clinic, protocol, RuleSet.Compile(protocol, rules), records);
    }

    private static StoredScreening Stored(ClinicContext clinic) => new(
        "s", "p", "r", true, TestClock.Start, default, default, "q", "1", clinic.Protocol.Hash, "1", clinic.Rules.Hash, AnswerSet.Empty,
        new ScreeningResult(Outcome.Eligible, Urgency.None, [], [], []));
}
