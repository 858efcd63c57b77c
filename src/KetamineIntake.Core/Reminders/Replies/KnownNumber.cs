using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>What one clinic knows of a number that somebody writes from.</summary>
/// <param name="LedgerRow">Null when nothing was said about texts to it.</param>
/// <param name="Texted">Patients whom we texted under it, the last one first.</param>
/// <param name="People">Who has it: those we texted first, at most <see cref="MostNamed"/>.</param>
/// <param name="HasMore">More have it than are named.</param>
internal sealed record KnownNumber(
    string Hash, Row? LedgerRow, ConsentLedger Ledger, IReadOnlyList<TextedPatient> Texted, IReadOnlyList<Patient> People, bool HasMore)
{
    /// <summary>A note that names more is read by nobody, and anybody can send forms with somebody's number.</summary>
    public const int MostNamed = 20;

    public bool IsKnown => People.Count > 0;

    /// <summary>When we last wrote to the number, or asked what was meant.</summary>
    public Instant? LastTextAt => Texted.Select(t => (Instant?)t.At).Concat((Ledger.Doubts ?? []).Select(d => (Instant?)d.At)).Max();

    /// <summary>When a text last asked for C or R.</summary>
    public Instant? LastAskedAt => Texted.Max(t => t.Asked?.At);

    public IReadOnlyList<string> PatientIds => [.. People.Select(p => p.Id)];

    public static async Task<KnownNumber> LoadAsync(ClinicContext clinic, string phoneHash, CancellationToken cancellation)
    {
        var (row, ledger) = await PhoneBook.LedgerAsync(clinic, phoneHash, cancellation);
        var texted = await TextedAsync(clinic, phoneHash, cancellation);
        var ids = await PhoneBook.PatientsAsync(clinic, phoneHash, MostNamed + 1, null, cancellation);
        var all = texted.Select(t => t.PatientId).Concat(ids).Distinct(StringComparer.Ordinal).ToList();
        var people = await FindPatient.ManyAsync(clinic, all.Take(MostNamed), cancellation);
        return new KnownNumber(phoneHash, row, ledger, texted, [.. all.Where(people.ContainsKey).Select(id => people[id])], all.Count > MostNamed);
    }

    /// <summary>The language of whom we text; else the one all forms name; where they differ, or nobody is known, the one that was heard.</summary>
    public SmsLanguage LanguageOr(SmsLanguage heard)
    {
        var said = (Texted.Count > 0 ? People.Take(1) : People).Select(p => SmsLanguages.Of(p.Language)).Distinct().ToList();
        return said is [var one] ? one : heard;
    }

    /// <summary>Patients whom we texted under the number, the last one first.</summary>
    public static async Task<IReadOnlyList<TextedPatient>> TextedAsync(ClinicContext clinic, string phoneHash, CancellationToken cancellation)
    {
        var texted = new List<TextedPatient>();
        await foreach (var row in clinic.Records.ListAsync(Rows.TextedOfPhone(phoneHash), cancellation))
        {
            texted.Add(RecordJson.Read<TextedPatient>(row));
        }

        return [.. texted.OrderByDescending(t => t.At).ThenBy(t => t.PatientId, StringComparer.Ordinal)];
    }
}
