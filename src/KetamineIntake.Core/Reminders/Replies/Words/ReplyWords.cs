using System.Collections.Frozen;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>What patients' texts mean in one language, as the protocol says. Only made by <see cref="ReplyWordsReader"/>.</summary>
/// <param name="Keywords">Texts that are nothing but one keyword: the carriers' (CTIA), the FCC's (47 CFR 64.1200(a)(10)) and what our own texts print.</param>
/// <param name="Politeness">Changes no keyword.</param>
internal sealed record ReplyWords(
    SmsLanguage Language, FrozenDictionary<string, Reply> Keywords, FrozenSet<string> Politeness, OptOutWords OptOut, CrisisPhrases Crisis);
