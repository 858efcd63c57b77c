using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Tests.Protocols;

/// <summary>Documents as a screening was judged by once are read as far as they judge; those that ship have everything.</summary>
public class ArchivedProtocolTests
{
    private static readonly string[] Judging = ["labs.json", "protocol.json", "questionnaire.json", "rules.json", "scales.json", "texts.en.json"];

    [Fact]
    public void Documents_of_before_there_were_formats_judge_and_text_nobody()
    {
        var documents = Documents();
        documents["protocol.json"] = Encoding.UTF8.GetBytes("""{"id":"iv-ketamine","version":"1.0.0","title":"x","effectiveFrom":"2026-01-01","signedBy":null}""");
        documents["reminders.json"] = "{}"u8.ToArray();
        documents["heard-of-no-more.json"] = "{}"u8.ToArray();

        Assert.Null(ProtocolLoader.LoadArchivedOrThrow(documents).Reminders);
        Assert.IsType<ProtocolLoad.Faulty>(ProtocolLoader.Load(documents));
    }

    [Fact]
    public void Documents_of_this_format_are_read_whole_from_an_archive_too()
    {
        Assert.NotNull(ProtocolLoader.LoadArchivedOrThrow(Documents()).Reminders);
        var broken = Documents();
        broken.Remove("reminders.json");
        Assert.Throws<InvalidOperationException>(() => ProtocolLoader.LoadArchivedOrThrow(broken));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    [InlineData("\"2\"")]
    [InlineData(null)]
    public void What_ships_is_of_this_format(string? format)
    {
        var documents = new ProtocolDocuments().Edit("protocol.json", json =>
        {
            json.AsObject().Remove("format");
            if (format is not null)
            {
                json["format"] = JsonNode.Parse(format);
            }
        });

        Assert.Equal("protocol.json", Assert.Single(documents.Faults()).File);
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
