using System.Collections.Frozen;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Texts that are nothing but one keyword: the carriers' (CTIA), the FCC's (47 CFR 64.1200(a)(10)) and their Spanish counterparts.</summary>
internal static class Keywords
{
    // "cancel" and "end" opt out by rule, but may have been meant for the visit: somebody has to ask.
    private static readonly FrozenDictionary<string, Reply> All = new[]
    {
        Words(ReplyKind.Stop, false, "stop", "stopall", "stop all", "unsubscribe", "quit", "revoke", "remove", "remove me", "opt out", "optout", "opt me out",
            "stop texts", "stop texting", "stop messages", "no more", "no more texts", "unsubscribe me", "alto", "para", "parar", "pare", "paren", "baja", "dar de baja", "dame de baja", "deme de baja",
            "no mas", "no mas mensajes", "no mas textos", "basta", "desuscribir"),
        Words(ReplyKind.Stop, true, "cancel", "end", "cancelar", "cancela", "fin", "terminar"),
        Words(ReplyKind.Start, false, "start", "unstop", "iniciar", "inicio", "comenzar", "reanudar"),
        Words(ReplyKind.Help, false, "help", "info", "ayuda", "informacion"),
        Words(ReplyKind.Confirm, false, "c", "confirm", "confirmed", "c confirm", "confirmar", "confirmo", "confirmado", "confirmada"),
        Words(ReplyKind.Reschedule, true, "r", "reschedule", "r reschedule", "reprogramar", "reagendar"),
    }.SelectMany(w => w).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Politeness = new[]
    {
        "please", "pls", "plz", "thanks", "thank", "you", "thx", "now", "ok", "okay", "hi", "hello", "por", "favor", "gracias", "ya", "hola", "reply",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static Reply? Find(string words) => All.TryGetValue(words, out var reply) ? reply : null;

    public static bool IsPoliteness(string word) => Politeness.Contains(word);

    private static IEnumerable<KeyValuePair<string, Reply>> Words(ReplyKind kind, bool tellStaff, params string[] words) =>
        words.Select(w => KeyValuePair.Create(w, new Reply(kind, tellStaff)));
}
