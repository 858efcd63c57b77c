using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>
/// Plain sentences that ask for no more texts: "any reasonable means" opts out (47 CFR 64.1200(a)(10)). In doubt they opt out; a person reads each of them.
/// </summary>
internal static class OptOutPhrases
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private const string Texts = @"(?:texts?|texting|sms|msgs?|messages?|messaging|reminders?|notifications?|mensajes?|textos?|avisos|recordatorios)";

    private const string Fill = @"(?:(?:all|these|those|this|the|your|you|any|of|more|so|many|much|sending|send|with|me|us|my|getting|receiving|automated|damn|a|los|las|sus|estos|todos|de|con|mas) )*";

    // A whole sentence, so that "the wrong number on my insurance card" and "the bus stop" are none.
    private static readonly Regex Sentence = new(
        @"^(?:(?:i|said|told|you|to|please|pls|just|ok|and|now|hey|sorry|hi|por|favor|ya) )*"
        + @"(?:(?:stop|unsubscribe|quit|alto|paren|basta)(?: (?:stop|it|this|that|now|please|pls|already|all|everything|thank you|thanks|ok|right|immediately|asap|por favor|ya))*"
        + @"|take me off|(?:remove|delete|erase) me|leave me alone"
        + @"|(?:(?:i think|you have|youve got|you got|u have|u got|this is|its|it is|texting) )*(?:the |a )?wrong (?:number|person|guy|phone)"
        + @"|(?:(?:tiene|tienen|es|esta) )?(?:el )?numero equivocado)$",
        Options);

    private static readonly Regex Asking = new(
        @"\b(?:"
        + @"(?:stop|quit|cease|cancel|cancelar|cancelen?|alto|parar|paren?) " + Fill + "(?:" + Texts + @"|contacting)\b"
        + @"|no more " + Fill + Texts + @"\b|no mas " + Fill + Texts + @"\b"
        + @"|(?:take|remove) me (?:off|from) (?:of )?(?:(?:the|your|this|that|these|those|all|any|my) )*(?:(?:text|texting|sms|message|messaging|contact|contacts|mailing|phone|call|calling|reminder) )?(?:list|lists|texts|messages|reminders|contacts|database|system|notifications|alerts)\b"
        + @"|(?:remove|delete|erase|lose) (?:my|this) (?:(?:phone|cell|mobile) )?number\b|take (?:my|this) (?:(?:phone|cell|mobile) )?number off\b"
        + @"|(?:opt|opting) (?:me )?out\b|unsubscribe\b|leave me alone\b|revoke (?:my )?consent\b"
        + @"|(?:dejen?|paren?) de (?:mandar|enviar|escribir|textear|contactar)(?:me|nos)?\b"
        + @"|(?:dar|den|deme|denme|dame|darme) de baja\b|(?:quiten?|borren?|eliminen?) mi numero\b"
        + @")",
        Options);

    // "Don't stop the texts", and questions whether or why texts have stopped.
    private static readonly Regex NotAsking = new(
        @"(?:^| )(?:dont|do not|didnt|did not|wont|never|not|no|keep|(?:why|when|how come) (?:did|do|have|has) (?:you|u|they|it|i|we|the|my|your)(?: all)?|(?:did|have|has) (?:you|u|they|it|i|we)) $",
        Options);

    private static readonly Regex Refusing = new(
        @"\b(?:"
        + @"(?:dont|do not|never) (?:ever )?(?:text|message|contact|sms) (?:me|this number|us)\b"
        + @"|(?:dont|do not) send (?:(?:me|us|any|more|these) )*" + Texts + @"\b"
        + @"|(?:dont|do not|no longer) want (?:to (?:get|receive|have) )?(?:(?:any|more|these|your|anymore) )*" + Texts + @"\b"
        + @"|no (?:me|nos) (?:manden?|mandes|envien?|envies|escriban?|escribas|texteen?|textees|contacten?|contactes)\b"
        + @"|no (?:quiero|deseo) (?:recibir )?(?:(?:mas|sus|estos) )*" + Texts + @"\b"
        + @")",
        Options);

    // "You never text me": a complaint about too few.
    private static readonly Regex Complaint = new(@"(?:^| )(?:you|u|they|nobody|why|ustedes) $", Options);

    // Elsewhere or at another time, but not never: a person has to read it.
    private static readonly Regex Elsewhere = new(
        @"^ (?:at (?:work|home|night|my|the|this (?:hour|time)|[0-9])|before|after|until|during|while|when|if|in the|so (?:early|late)|(?:this|that) (?:early|late)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|on weekends|al trabajo|en el|de noche|por la|antes|despues)\b",
        Options);

    // Beside other words, as with "STOP I want to die": the keyword in front, or alone in capitals.
    private static readonly Regex Front = new(@"^(?:please |pls )?(?:stop|stopall|unsubscribe|alto)\b", Options);
    private static readonly Regex Capitals = new(@"[a-z].*\bSTOP\b|\bSTOP\b.*[a-z]", Options | RegexOptions.Singleline);

    public static bool AreIn(string message)
    {
        var text = PlainText.Of(message);
        return Sentences(message).Any(s => Sentence.IsMatch(s))
            || Asking.Matches(text).Any(m => !NotAsking.IsMatch(text[..m.Index]))
            || Refusing.Matches(text).Any(m => !Complaint.IsMatch(text[..m.Index]) && !Elsewhere.IsMatch(text[(m.Index + m.Length)..]));
    }

    /// <summary>For texts that are about something else too. Wider: what is missed here is never asked again.</summary>
    public static bool StandBesideOtherWords(string message) => Front.IsMatch(PlainText.Of(message)) || Capitals.IsMatch(message) || AreIn(message);

    private static IEnumerable<string> Sentences(string message) =>
        message.Split(['.', '!', '?', ',', ';', '\n', '\r', '¡', '¿', '–', '—']).Select(PlainText.Of).Where(s => s.Length > 0);
}
