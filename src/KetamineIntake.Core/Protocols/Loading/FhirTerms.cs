namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>URLs of the FHIR extensions that a questionnaire document may carry. Anything else is a fault, not ignored.</summary>
internal static class FhirTerms
{
    public const string Help = Local + "help";
    public const string Optional = Local + "optional";
    public const string Identity = Local + "identity";
    public const string SelectAll = Local + "select-all";
    public const string Since = Local + "since";
    public const string Hidden = Standard + "questionnaire-hidden";

    /// <summary>linkId of a number that is always larger than this one.</summary>
    public const string LessThan = Local + "less-than";

    /// <summary>On the height: the form asks back whether weight and height are right where the body mass index (kg/m2) is below this.</summary>
    public const string BmiAskBelow = Local + "bmi-ask-below";

    /// <summary>Or above this.</summary>
    public const string BmiAskAbove = Local + "bmi-ask-above";

    /// <summary>On a weight or height: asked back where the other one is not there to compare with, and this one is below the value.</summary>
    public const string AskBelow = Local + "ask-below";

    /// <summary>Or above this.</summary>
    public const string AskAbove = Local + "ask-above";

    /// <summary>On an answer: another system's code that means the same.</summary>
    public const string SameAs = Local + "same-as";

    /// <summary>On an answer of a response: a value that looks mistaken is meant.</summary>
    public const string Confirmed = Local + "confirmed";

    /// <summary>On the height: what others are asked by whom nothing can be asked back. Published as an item of its own.</summary>
    public const string Confirm = Local + "confirm";

    /// <summary>Behind the linkId, the item of <see cref="Confirm"/>.</summary>
    public const string ConfirmLinkId = ".confirmed";
    public const string MinValue = Standard + "minValue";
    public const string MaxValue = Standard + "maxValue";
    public const string Unit = Standard + "questionnaire-unit";
    public const string Ordinal = Standard + "ordinalValue";
    public const string Translation = Standard + "translation";

    /// <summary>The code that stands for "I'm not sure" everywhere.</summary>
    public const string NotSure = "not-sure";

    public const string ItemControl = Standard + "questionnaire-itemControl";

    /// <summary>Where our own extensions live: nobody else can resolve them, and what is published does without.</summary>
    public const string Local = "https://ketamineintake.example/fhir/StructureDefinition/";
    private const string Standard = "http://hl7.org/fhir/StructureDefinition/";

    public static readonly IReadOnlyDictionary<string, ItemType> Types = new Dictionary<string, ItemType>(StringComparer.Ordinal)
    {
        ["group"] = ItemType.Group,
        ["display"] = ItemType.Display,
        ["choice"] = ItemType.Choice,
        ["integer"] = ItemType.Integer,
        ["decimal"] = ItemType.Decimal,
        ["date"] = ItemType.Date,
        ["open-choice"] = ItemType.Text,
        ["string"] = ItemType.Text,
        ["text"] = ItemType.Text,
    };
}
