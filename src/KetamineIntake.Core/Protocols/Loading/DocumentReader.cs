using System.Text.Json;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Turns a document's bytes into its root node.</summary>
internal static class DocumentReader
{
    /// <summary>The root; a silent node after a fault.</summary>
    public static Node Root(string file, ReadOnlyMemory<byte> content, FaultList faults)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            Touch(document.RootElement);
            return new Node(faults, file, "", document.RootElement.Clone());
        }
        catch (JsonException broken)
        {
            faults.Add(file, "", $"Not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            faults.Add(file, "", "Not JSON: a text holds bytes or escapes that are not Unicode.");
        }

        return new Node(faults, file, "", null);
    }

    /// <summary>Decodes every text once: JsonDocument itself leaves bad UTF-8 and lone surrogates to whoever reads them.</summary>
    private static void Touch(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Touch(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Touch(member.Value);
                }

                break;
        }
    }
}
