using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Tests.Protocols;

public sealed class EmbeddedProtocolsTests
{
    [Fact]
    public void The_shipped_protocol_loads_without_a_fault()
    {
        var protocol = EmbeddedProtocols.Load("iv-ketamine");

        Assert.Equal("https://ketamineintake.example/fhir/Questionnaire/iv-ketamine|1.2.0", protocol.Questionnaire.Canonical);
        Assert.Equal(["1.0.0", "1.1.0"], protocol.Questionnaire.Earlier);
        Assert.Null(protocol.SignedBy);
        Assert.Equal(64, protocol.Hash.Length);
        Assert.True(protocol.Rules.Rules.Count > 75);
    }
}
