using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>
/// Words that may mean that somebody is in danger. Wide on purpose: a false alarm costs a phone call. It is no risk assessment, and its silence means nothing.
/// </summary>
internal static class CrisisWords
{
    private static readonly Regex English = new(
        @"\b(?:"
        + @"suicid\w*|suicde|suicid|sucid\w*|suiside|kms\b"
        + @"|kil+(?:ing)? (?:my ?self|me\b)|(?:hurt|harm|cut|shoot|hang)(?:ing)? my ?self|self ?harm\w*|overdos\w+|od on\b"
        + @"|(?:want|wanna|going|gonna|ready|plan|planning|wish i could|rather) (?:to )?(?:be dead|die|end it|end my|end things|disappear forever|not wake up|jump)"
        + @"|(?:end|ending|take|taking) my (?:own )?life|end it all|end it tonight|want (?:it|this) (?:all )?to (?:end|be over)"
        + @"|(?:dont|do not|didnt|no longer|cant|can not|cannot) (?:want to |wanna )?(?:live|be alive|go on|exist)(?: anymore| any more| any longer|$| like this)"
        + @"|(?:dont|do not) want to (?:live|be alive|be here any ?more|wake up|exist)|better off (?:dead|without me)|no reason to live|nothing to live for|not worth living|wish i (?:was|were) (?:dead|never born)"
        + @"|life is not worth|cant do this anymore|cannot do this anymore|goodbye forever|slit my|jump off|hang myself"
        + @")",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex Spanish = new(
        @"\b(?:"
        + @"suicid\w*|matarme|(?:me )?(?:quiero|voy a|pienso|deseo) (?:a )?(?:matar|morir|morirme|suicidar)\w*|quitarme la vida|quitarse la vida|quiero quitarme"
        + @"|no (?:quiero|puedo|deseo) (?:seguir |mas )?(?:vivir|viviendo|seguir|existir|despertar)\w*|ya no (?:quiero|puedo) (?:mas|vivir|seguir)|acabar con (?:mi vida|todo)|terminar con (?:mi vida|todo)"
        + @"|hacerme (?:dano|mal)|lastimarme|cortarme|mejor muert[oa]|estaria mejor muert[oa]|no vale la pena vivir|ganas de (?:morir|vivir no)|me quiero morir|sobredosis|ojala (?:me muera|no despierte)"
        + @")",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <param name="text">As <see cref="PlainText"/> writes it.</param>
    public static bool AreIn(string text) => English.IsMatch(text) || Spanish.IsMatch(text);
}
