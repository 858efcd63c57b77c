using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Histories;

/// <summary>A clinic, its patients, and everything that happens to them, in order.</summary>
internal sealed record History(ClinicSetting Clinic, IReadOnlyList<PatientSetting> Patients, LocalDateTime Begin, IReadOnlyList<Step> Steps)
{
    public override string ToString() => $"{Clinic}\nfrom {Begin:uuuu-MM-dd HH:mm}\n{string.Join('\n', Patients)}\n{string.Join('\n', Steps)}\n";
}

/// <param name="Alias">What texts are signed with.</param>
internal sealed record ClinicSetting(string Zone, string Alias, string Phone, TextWindow Window, int SolidsHours, int WaterHours, int AlcoholHours, TextCaps Caps);

/// <param name="Zone">Null: the clinic's.</param>
/// <param name="Number">The telephone; patients with the same one share it.</param>
/// <param name="HasTests">Required tests were done just now; otherwise texts ask for them.</param>
internal sealed record PatientSetting(string? Zone, int Number, string Language, bool Consents, bool HasTests);

/// <summary>What a text from a patient asks for, known without reading it.</summary>
internal enum Wish
{
    NoTexts,
    Texts,
    Answer,
    Nothing,
}

/// <summary>Something that happens. Numbers that choose among what there is are taken modulo how much there is.</summary>
internal abstract record Step
{
    private Step()
    {
    }

    /// <param name="Days">From today.</param>
    /// <param name="Sessions">0: a single visit.</param>
    public sealed record Book(int Patient, int Days, int Minute, AppointmentKind Kind, int Sessions, int PerWeek) : Step;

    public sealed record Move(int Visit, int Days, int Minute) : Step;

    public sealed record Cancel(int Visit) : Step;

    /// <param name="Times">How often each message is delivered.</param>
    /// <param name="IsOutage">Nothing is delivered before the end, then everything that fell due.</param>
    public sealed record Pass(int Minutes, int Times, bool IsOutage) : Step;

    public sealed record Say(int Number, string Words, Wish Wish) : Step;

    /// <summary>A delivery report about a text that was sent, told twice.</summary>
    /// <param name="Code">2000: delivered.</param>
    /// <param name="Back">0: the latest text.</param>
    public sealed record Report(int Back, int Code) : Step;

    /// <summary>The next text is refused; -1: the provider cannot be reached.</summary>
    public sealed record Refuse(int Code) : Step;

    /// <summary>A message is delivered once more.</summary>
    /// <param name="Back">0: the latest.</param>
    public sealed record Redeliver(int Back) : Step;

    /// <summary>Happens while the provider has the next text and has not answered yet.</summary>
    public sealed record Meanwhile(Step What) : Step;
}
