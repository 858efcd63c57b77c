using System.Text.Json;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>
/// One value of a document and where it stands. Reading it as something it is not reports a fault and answers a harmless default, so that
/// reading goes on. A value whose absence has been reported stays silent.
/// </summary>
internal sealed class Node(FaultList faults, string file, string path, JsonElement? value)
{
    public string Path => path;

    public bool IsMissing => value is null;

    public JsonElement Json => value ?? default;

    public bool IsObject => value?.ValueKind == JsonValueKind.Object;

    public bool IsArray => value?.ValueKind == JsonValueKind.Array;

    public bool IsNull => value?.ValueKind == JsonValueKind.Null;

    public void Fault(string detail) => faults.Add(file, path, detail);

    /// <summary>The members of an object, none unknown, none twice, all of <paramref name="required"/> present.</summary>
    public Fields Fields(string[] required, params string[] optional)
    {
        var members = new Dictionary<string, Node>(StringComparer.Ordinal);
        if (!Expect(JsonValueKind.Object, "an object"))
        {
            return new Fields(members, new Node(faults, file, path, null));
        }

        foreach (var member in Json.EnumerateObject())
        {
            var node = new Node(faults, file, $"{path}/{Escape(member.Name)}", member.Value);
            if (!members.TryAdd(member.Name, node))
            {
                node.Fault("The key stands here twice.");
            }
            else if (!required.Contains(member.Name, StringComparer.Ordinal) && !optional.Contains(member.Name, StringComparer.Ordinal))
            {
                node.Fault("Unknown key.");
            }
        }

        foreach (var key in required.Where(k => !members.ContainsKey(k)))
        {
            Fault($"The key \"{key}\" is missing.");
        }

        return new Fields(members, new Node(faults, file, path, null));
    }

    public IReadOnlyList<Node> Elements() => Expect(JsonValueKind.Array, "a list")
        ? [.. Json.EnumerateArray().Select((element, index) => new Node(faults, file, $"{path}/{index}", element))]
        : [];

    /// <summary>A list with at least one element.</summary>
    public IReadOnlyList<Node> SomeElements()
    {
        var elements = Elements();
        if (IsArray && elements.Count == 0)
        {
            Fault("The list is empty.");
        }

        return elements;
    }

    /// <summary>Text that is not blank; "" after a fault.</summary>
    public string Text()
    {
        if (!Expect(JsonValueKind.String, "text"))
        {
            return "";
        }

        var text = Json.GetString() ?? "";
        if (text.Length == 0 || text.Trim().Length != text.Length)
        {
            Fault("Text is blank, or starts or ends with a space.");
        }

        return text;
    }

    public string? TextOrNull() => IsNull ? null : Text();

    public bool Flag()
    {
        if (value?.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return Json.GetBoolean();
        }

        Expect(JsonValueKind.True, "true or false");
        return false;
    }

    public decimal Number()
    {
        if (!Expect(JsonValueKind.Number, "a number"))
        {
            return 0;
        }

        if (Json.TryGetDecimal(out var number))
        {
            return number;
        }

        Fault("The number is too large.");
        return 0;
    }

    public int Whole(int minimum, int maximum)
    {
        var number = Number();
        if (value?.ValueKind != JsonValueKind.Number)
        {
            return minimum;
        }

        if (number != decimal.Truncate(number) || number < minimum || number > maximum)
        {
            Fault($"Needs a whole number from {minimum} to {maximum}.");
            return minimum;
        }

        return (int)number;
    }

    public T OneOf<T>(IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        var text = Text();
        if (choices.TryGetValue(text, out var choice))
        {
            return choice;
        }

        if (text.Length > 0)
        {
            Fault($"\"{text}\" is none of {string.Join(", ", choices.Keys)}.");
        }

        return default;
    }

    private bool Expect(JsonValueKind kind, string words)
    {
        if (value is { } present && present.ValueKind != kind)
        {
            Fault($"Needs {words}.");
        }

        return value?.ValueKind == kind;
    }

    private static string Escape(string key) =>
        key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

/// <summary>The members of one object.</summary>
internal sealed class Fields(IReadOnlyDictionary<string, Node> members, Node missing)
{
    /// <summary>The member, or a node that stays silent: its absence is either allowed or reported already.</summary>
    public Node this[string key] => members.GetValueOrDefault(key, missing);

    public Node? Find(string key) => members.GetValueOrDefault(key);

    public IReadOnlyList<string> Among(IEnumerable<string> keys) => [.. keys.Where(members.ContainsKey)];
}
