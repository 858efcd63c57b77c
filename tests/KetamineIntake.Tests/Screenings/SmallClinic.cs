using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings;

/// <summary>A clinic with the small protocol (signed, unless said otherwise) and a store in memory.</summary>
internal static class SmallClinic
{
    public static ClinicContext With(MemoryRecords records, Protocol? protocol = null, bool demonstration = false, string slug = "northside")
    {
        var used = protocol ?? TestProtocol.Protocol;
        var clinic = new Clinic(slug, "Northside Care", "America/New_York", "+12125550199", demonstration, used.Id, ClinicOverrides.None, TestClock.Start);
        return new ClinicContext(clinic, used, RuleSet.Compile(used, used.Rules), records);
    }
}
