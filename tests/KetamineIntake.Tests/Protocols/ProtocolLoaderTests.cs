using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Tests.Protocols;

public sealed class ProtocolLoaderTests
{
    public static TheoryData<string> Titles => [.. HostileDocuments.All.Select(d => d.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Damage_is_reported_with_file_and_path(string title)
    {
        var damage = HostileDocuments.All.Single(d => d.Title == title);
        var path = "";

        var faults = new ProtocolDocuments().Edit(damage.File, n => path = ProtocolDocuments.Pointer(damage.Edit(n)) + damage.Below).Faults();

        var expected = path.Length == 0 ? "/" : path;
        Assert.True(
            faults.Any(f => f.File == damage.File && f.Path == expected && f.Detail.Contains(damage.Detail, StringComparison.Ordinal)),
            $"Nothing says \"{damage.Detail}\" at {damage.File} {expected}:\n{string.Join('\n', faults)}");
    }

    [Fact]
    public void Untouched_documents_load()
    {
        var documents = new ProtocolDocuments();

        foreach (var name in documents.Names.ToList())
        {
            documents.Edit(name, _ => { });
        }

        Assert.IsType<ProtocolLoad.Loaded>(documents.Load());
    }

    [Fact]
    public void An_item_that_an_absolute_rule_rests_on_must_not_get_a_gate()
    {
        var faults = new ProtocolDocuments()
            .Edit("questionnaire.json", n =>
            {
                var item = ProtocolDocuments.Item(n, "eye.openGlobe");
                item["enableWhen"] = JsonNode.Parse(
                    """[{"question":"eye.glaucoma","operator":"=","answerCoding":{"system":"https://ketamineintake.example/fhir/CodeSystem/answer","code":"yes"}}]""");
            })
            .Faults();

        var fault = Assert.Single(faults);
        Assert.Equal("rules.json", fault.File);
        Assert.Contains("\"eye.openGlobe\" is shown only after an answer to \"eye.glaucoma\"", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_on_a_group_hides_the_items_inside_it_too()
    {
        var faults = new ProtocolDocuments()
            .Edit("questionnaire.json", n =>
            {
                var group = ProtocolDocuments.Item(n, "group.cv");
                group["enableWhen"] = JsonNode.Parse(
                    """[{"question":"cv.any","operator":"=","answerCoding":{"system":"https://ketamineintake.example/fhir/CodeSystem/answer","code":"yes"}}]""");
            })
            .Faults();

        Assert.Contains(faults, f => f.Detail.Contains("\"cv.avm\" is shown only after an answer to \"cv.any\"", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Detail.Contains("\"cv.htnControlled\" is shown only after an answer to \"cv.any\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var faults = new ProtocolDocuments()
            .Edit("rules.json", n =>
            {
                ProtocolDocuments.Rule(n, "CV-02")["severity"] = "fatal";
                ProtocolDocuments.Rule(n, "PSY-01")["when"]!["any"]![0]!["item"] = "psy.nobody";
                ProtocolDocuments.Rule(n, "PSY-01")["when"]!["any"]![1]!["is"] = "perhaps";
            })
            .Edit("labs.json", n => n["required"]![1]!["validMonths"] = 0)
            .Edit("texts.en.json", n => n["language"] = "fr")
            .Write("scales.json", "{")
            .Faults();

        Assert.Contains(faults, f => f is { File: "labs.json", Path: "/required/1/validMonths" });
        Assert.Contains(faults, f => f.File == "rules.json" && f.Path.EndsWith("/severity", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.File == "rules.json" && f.Path.EndsWith("/when/any/0/item", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.File == "rules.json" && f.Path.EndsWith("/when/any/1/is", StringComparison.Ordinal));
        Assert.Contains(faults, f => f is { File: "scales.json", Path: "/" });
        Assert.Contains(faults, f => f is { File: "texts.en.json", Path: "/language" });
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"scales\": [], }")]
    [InlineData("// a comment\n{\"scales\": []}")]
    [InlineData("\uFEFF{\"scales\": []}")]
    [InlineData("{\"scales\": [\"\\ud800\"]}")]
    public void Broken_json_is_a_fault_of_its_document(string text) =>
        Assert.Contains(new ProtocolDocuments().Write("scales.json", text).Faults(), f => f is { File: "scales.json", Path: "/" } && f.Detail.StartsWith("Not JSON", StringComparison.Ordinal));

    [Theory]
    [InlineData("[]", "Needs an object")]
    [InlineData("null", "Needs an object")]
    [InlineData("{}", "\"scales\" is missing")]
    public void A_document_of_another_shape_is_a_fault(string text, string detail) =>
        Assert.Contains(new ProtocolDocuments().Write("scales.json", text).Faults(), f => f is { File: "scales.json", Path: "/" } && f.Detail.Contains(detail, StringComparison.Ordinal));

    [Fact]
    public void Bytes_that_are_not_utf8_are_a_fault()
    {
        var documents = EmbeddedProtocols.Documents("iv-ketamine").ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal);
        documents["protocol.json"] = (byte[])[.. "{\"id\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        var faulty = Assert.IsType<ProtocolLoad.Faulty>(ProtocolLoader.Load(documents));

        Assert.Contains(faulty.Faults, f => f is { File: "protocol.json", Path: "/" });
    }

    [Theory]
    [InlineData("rules.json", "\"severity\": \"review\",", "\"severity\": \"review\", \"severity\": \"info\",", "/rules/0/severity")]
    [InlineData("protocol.json", "\"id\":", "\"id\": \"other\", \"id\":", "/id")]
    public void A_key_that_stands_twice_is_a_fault(string file, string old, string replacement, string path) =>
        Assert.Contains(new ProtocolDocuments().Replace(file, old, replacement).Faults(), f => f.File == file && f.Path == path && f.Detail.Contains("twice", StringComparison.Ordinal));

    [Fact]
    public void Each_document_is_needed()
    {
        foreach (var name in new ProtocolDocuments().Names.ToList())
        {
            Assert.Contains(new ProtocolDocuments().Remove(name).Faults(), f => f.File == name && f.Detail == "The document is missing.");
        }
    }

    [Fact]
    public void A_document_that_a_protocol_does_not_have_is_a_fault() =>
        Assert.Equal("notes.json", Assert.Single(new ProtocolDocuments().Write("notes.json", "{}").Faults()).File);

    [Fact]
    public void No_documents_at_all_are_a_fault_each()
    {
        var faulty = Assert.IsType<ProtocolLoad.Faulty>(ProtocolLoader.Load(new Dictionary<string, ReadOnlyMemory<byte>>()));

        Assert.Equal(19, faulty.Faults.Count);
    }

    [Fact]
    public void A_text_may_carry_its_translation()
    {
        var documents = new ProtocolDocuments().Edit("questionnaire.json", n => ProtocolDocuments.Item(n, "cv.any")["_text"] = JsonNode.Parse(
            """{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[{"url":"lang","valueCode":"es"},{"url":"content","valueString":"Hola"}]}]}"""));

        Assert.IsType<ProtocolLoad.Loaded>(documents.Load());
    }

    [Fact]
    public void The_hash_changes_with_any_document_and_with_nothing_else()
    {
        var first = EmbeddedProtocols.Load("iv-ketamine").Hash;
        var changed = new ProtocolDocuments().Replace("texts.en.json", "Thank you", "Many thanks").Load();

        Assert.Equal(first, EmbeddedProtocols.Load("iv-ketamine").Hash);
        Assert.NotEqual(first, Assert.IsType<ProtocolLoad.Loaded>(changed).Protocol.Hash);
    }

    [Fact]
    public void The_questionnaire_keeps_its_document_byte_for_byte()
    {
        var protocol = EmbeddedProtocols.Load("iv-ketamine");

        Assert.Equal(protocol.Documents["questionnaire.json"].ToArray(), protocol.Questionnaire.Fhir.ToArray());
        Assert.Equal((byte)'{', protocol.Questionnaire.Fhir.Span[0]);
    }

    [Fact]
    public void A_protocol_that_does_not_exist_stops_the_start()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => EmbeddedProtocols.Load("iv-nothing"));

        Assert.Contains("rules.json /: The document is missing.", thrown.Message, StringComparison.Ordinal);
    }
}
