using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Plain sentences that ask for no more texts: "any reasonable means" opts out (47 CFR 64.1200(a)(10)).</summary>
internal static class OptOutPhrases
{
    private static readonly Regex Phrase = new(
        @"\b(?:"
        + @"(?:stop|quit|cease) (?:all |these |those |the |your |any |sending |with )*(?:me )?(?:all |these |those |the |your |any |more )*(?:texts?|texting|sms|msgs?|messages?|messaging|contacting|reminders)\b"
        + @"|(?:dont|do not|please dont|never) (?:ever )?(?:text|message|contact|sms) (?:me|this number|us)\b"
        + @"|(?:dont|do not) send (?:me |us |any |more |these )*(?:texts?|messages?|msgs?|sms|reminders)\b"
        + @"|no more (?:of )?(?:these |your )*(?:texts?|messages?|msgs?|sms|reminders)\b"
        + @"|(?:dont|do not|no longer) want (?:to (?:get|receive|have) )?(?:any |more |these |your |anymore )*(?:texts?|messages?|msgs?|sms|reminders)\b"
        + @"|(?:take|remove) (?:me|my number|this number) (?:off|from)\b"
        + @"|(?:opt|opting) (?:me )?out\b|unsubscribe\b|leave me alone\b|wrong (?:number|person)\b|revoke (?:my )?consent\b"
        + @"|(?:dejen?|deje|paren?|pare) de (?:mandar|enviar|escribir|textear|contactar)(?:me|nos)?\b|dejen de escribirme\b"
        + @"|no (?:me|nos) (?:mand\w+|envi\w+|escrib\w+|text\w+|contact\w+)\b"
        + @"|no (?:quiero|deseo) (?:recibir )?(?:mas |sus |estos )*(?:mensajes|textos|sms|avisos)\b"
        + @"|no mas (?:mensajes|textos|sms|avisos)\b|(?:dar|den|deme|darme|denme) de baja\b|quite(?:n)? mi numero\b|numero equivocado\b"
        + @")",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    // "Don't stop the texts", and questions whether or why texts have stopped, which a person has to read.
    private static readonly Regex Opposite = new(
        @"\b(?:dont|do not|didnt|did not|never|please keep|not) (?:stop|quit|unsubscribe|opt|remove|take|cease)|\b(?:why|did|how|when) (?:did |do |have |has |you |i |the )*(?:stop|unsubscribe|opt)|\bno (?:dejen?|paren?|quiten?)\b",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <param name="text">As <see cref="PlainText"/> writes it.</param>
    public static bool AreIn(string text) => Phrase.IsMatch(text) && !Opposite.IsMatch(text);
}
