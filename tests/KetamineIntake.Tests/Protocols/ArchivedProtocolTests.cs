using System.Text;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Tests.Protocols;

/// <summary>Documents as a screening was judged by once are read as far as they judge; those that ship have everything.</summary>
public class ArchivedProtocolTests
{
    private static readonly string[] Judging = ["labs.json", "protocol.json", "questionnaire.json", "rules.json", "scales.json"];

    [Fact]
    public void What_was_said_about_a_judgement_may_have_any_form_and_texts_nobody()
    {
        var documents = Documents();
        documents["protocol.json"] = Encoding.UTF8.GetBytes("""{"id":"iv-ketamine","version":"1.0.0","title":"x","effectiveFrom":"2026-01-01","signedBy":null}""");
        documents["reminders.json"] = "{}"u8.ToArray();
        documents["heard-of-no-more.json"] = "{}"u8.ToArray();

        Assert.Null(ProtocolLoader.LoadToReplayOrThrow(documents).Reminders);
        Assert.IsType<ProtocolLoad.Faulty>(ProtocolLoader.Load(documents));
    }

    [Fact]
    public void Without_what_judged_there_is_no_replay()
    {
        foreach (var name in Judging)
        {
            var documents = Documents();
            documents.Remove(name);
            Assert.Throws<InvalidOperationException>(() => ProtocolLoader.LoadToReplayOrThrow(documents));
        }
    }

    [Fact]
    public void Revealing_words_are_part_of_the_hash_and_needed()
    {
        var one = Assert.IsType<ProtocolLoad.Loaded>(new ProtocolDocuments().Load()).Protocol.Hash;
        var other = Assert.IsType<ProtocolLoad.Loaded>(new ProtocolDocuments().Edit("texts.sms.revealing.json", json => json["words"]!.AsArray().Add("unheardof")).Load()).Protocol.Hash;

        Assert.NotEqual(one, other);
        Assert.Equal("texts.sms.revealing.json", new ProtocolDocuments().Remove("texts.sms.revealing.json").Faults()[0].File);
    }

    [Theory]
    [InlineData("Pain")]
    [InlineData("two words")]
    [InlineData("dolór")]
    [InlineData("ketamin")]
    public void A_revealing_word_is_one_plain_word_that_stands_once(string word) =>
        Assert.StartsWith("/beginnings/", Assert.Single(new ProtocolDocuments().Edit("texts.sms.revealing.json", json => json["beginnings"]!.AsArray().Add(word)).Faults()).Path, StringComparison.Ordinal);

    [Fact]
    public void A_revealing_word_in_a_text_stops_the_start() => Assert.Equal(
        "texts.sms.en.json", Assert.Single(new ProtocolDocuments().Edit("texts.sms.revealing.json", json => json["words"]!.AsArray().Add("booked")).Faults()).File);

    [Theory]
    [InlineData("alcohol", true)]
    [InlineData("weather", false)]
    public void What_a_call_is_for_is_a_word_of_the_loader_and_only_on_a_rule_that_calls_first(string reason, bool known)
    {
        Assert.Equal(known, new ProtocolDocuments().Edit("rules.json", rules => ProtocolDocuments.Rule(rules, "END-01")["callFirstFor"] = reason).Load() is ProtocolLoad.Loaded);
        Assert.IsType<ProtocolLoad.Faulty>(new ProtocolDocuments().Edit("rules.json", rules => ProtocolDocuments.Rule(rules, "CV-02")["callFirstFor"] = reason).Load());
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Documents()
    {
        var documents = EmbeddedProtocols.Documents("iv-ketamine").ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal);
        Assert.All(Judging, name => Assert.Contains(name, documents.Keys));
        return documents;
    }
}
