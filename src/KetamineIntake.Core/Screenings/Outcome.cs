namespace KetamineIntake.Core.Screenings;

/// <summary>What the intake rules advise; the worst finding decides. Clinicians decide about treatment. Ordered from best to worst.</summary>
public enum Outcome
{
    /// <summary>No rule objects and nothing that could object is unknown.</summary>
    Eligible,

    /// <summary>An unanswered question could still matter.</summary>
    Incomplete,

    /// <summary>A clinician must look before anything else happens.</summary>
    NeedsReview,

    /// <summary>A rule of severity absolute fired.</summary>
    Contraindicated,
}

/// <summary>How soon a person should look, from suicide-risk answers alone; independent of <see cref="Outcome"/>. Ordered from least to most urgent.</summary>
public enum Urgency
{
    None,
    Elevated,
    High,
    Imminent,
}

/// <summary>What a fired rule does. Ordered from mildest to worst.</summary>
public enum Severity
{
    /// <summary>Told to the clinician, nothing else.</summary>
    Info,

    /// <summary>Rides along with any outcome: a banner and perhaps another preparation.</summary>
    Caution,

    /// <summary>At least needs-review.</summary>
    Review,

    /// <summary>Contraindicated.</summary>
    Absolute,
}

/// <summary>When a rule is judged. Only intake rules decide the outcome of a screening.</summary>
public enum Stage
{
    Intake,
    Labs,
    DayOf,
}

/// <summary>Three-valued logic after Kleene: unknown is never false.</summary>
public enum Verdict
{
    False,
    Unknown,
    True,
}
