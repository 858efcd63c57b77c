using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Tests.Screenings;

namespace KetamineIntake.Tests.Reminders.Replies;

public class ReplyTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData("stop")]
    [InlineData(" Stop. ")]
    [InlineData("STOP!!!")]
    [InlineData("\"STOP\"")]
    [InlineData("stop 🛑")]
    [InlineData("ＳＴＯＰ")]
    [InlineData("STOPALL")]
    [InlineData("stop all")]
    [InlineData("Unsubscribe")]
    [InlineData("QUIT")]
    [InlineData("revoke")]
    [InlineData("remove")]
    [InlineData("opt out")]
    [InlineData("Opt-out")]
    [InlineData("optout")]
    [InlineData("please stop")]
    [InlineData("Stop please, thank you")]
    [InlineData("ok stop now")]
    [InlineData("ALTO")]
    [InlineData("Parar")]
    [InlineData("BAJA")]
    [InlineData("no más")]
    [InlineData("NO MAS")]
    [InlineData("por favor pare")]
    [InlineData("No more texts please")]
    [InlineData("please opt me out")]
    public void A_bare_keyword_stops_the_texts(string message) => Assert.Equal(new Reply(ReplyKind.Stop, false), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("CANCEL")]
    [InlineData("end")]
    [InlineData("Cancelar")]
    public void Words_that_may_mean_the_visit_stop_the_texts_and_tell_the_clinic(string message) => Assert.Equal(new Reply(ReplyKind.Stop, true), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("START")]
    [InlineData("unstop")]
    [InlineData("Iniciar")]
    public void Start_words_start(string message) => Assert.Equal(new Reply(ReplyKind.Start, false), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("HELP")]
    [InlineData("help?")]
    [InlineData("info")]
    [InlineData("Ayuda")]
    public void Help_words_are_answered(string message) => Assert.Equal(new Reply(ReplyKind.Help, false), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("C")]
    [InlineData("c.")]
    [InlineData("Confirm")]
    [InlineData("Confirmed, thank you!")]
    [InlineData("reply C")]
    [InlineData("Confirmo")]
    public void C_confirms(string message) => Assert.Equal(new Reply(ReplyKind.Confirm, false), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("R")]
    [InlineData("reschedule please")]
    [InlineData("Reprogramar")]
    public void R_asks_the_clinic(string message) => Assert.Equal(new Reply(ReplyKind.Reschedule, true), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("I want to kill myself")]
    [InlineData("i want to KILL MY SELF")]
    [InlineData("thinking about suicide")]
    [InlineData("I feel suicidal")]
    [InlineData("i want to die")]
    [InlineData("I wanna die")]
    [InlineData("I want to end it")]
    [InlineData("I'm going to end my life")]
    [InlineData("might take my own life")]
    [InlineData("I don't want to live")]
    [InlineData("can't go on like this")]
    [InlineData("better off without me")]
    [InlineData("no reason to live")]
    [InlineData("I will hurt myself")]
    [InlineData("kms")]
    [InlineData("wish I was dead")]
    [InlineData("sucidal thoughts again")]
    [InlineData("quiero morir")]
    [InlineData("Me quiero morir")]
    [InlineData("voy a matarme")]
    [InlineData("pienso en el suicidio")]
    [InlineData("ya no quiero vivir")]
    [InlineData("No quiero vivir más")]
    [InlineData("quiero hacerme daño")]
    [InlineData("acabar con mi vida")]
    [InlineData("quitarme la vida")]
    public void Crisis_words_come_first_and_are_raised(string message) => Assert.Equal(new Reply(ReplyKind.Crisis, true), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("STOP. I want to die", true)]
    [InlineData("I want to die. STOP", true)]
    [InlineData("STOP, I WANT TO DIE", true)]
    [InlineData("STOP I want to die", false)]
    [InlineData("I want to die please make it STOP", false)]
    [InlineData("stop me before i kill myself", false)]
    [InlineData("Stop the voices telling me to kill myself", false)]
    [InlineData("please stop the pain i want to die", false)]
    [InlineData("Stop texting me, I want to die", true)]
    [InlineData("Quiero morir. Alto.", true)]
    [InlineData("I can't stop thinking about suicide", false)]
    [InlineData("I want to die, make the pain stop", false)]
    public void A_wish_for_no_more_texts_beside_crisis_words_counts_too(string message, bool stops) =>
        Assert.Equal((ReplyKind.Crisis, true, stops), (EmbeddedProtocol.Heard(message).Kind, EmbeddedProtocol.Heard(message).TellStaff, EmbeddedProtocol.Heard(message).OptsOut));

    [Fact]
    public void No_part_of_a_text_of_ours_with_a_keyword_is_danger_and_one_with_STOP_is_no_mere_message()
    {
        foreach (var language in Enum.GetValues<SmsLanguage>())
        {
            var words = VisitWords.Of(new TextSubject(Reminders.SmallClinic.Visit("2026-12-02T14:30")), Reminders.SmallClinic.Rules, Reminders.SmallClinic.Signature, language);
            var parts = SmsTextNames.All.SelectMany(n => Reminders.SmallClinic.Texts(language).Fill(n, words).Split(". ")).Select(p => p.TrimEnd('.')).Distinct(StringComparer.Ordinal);
            foreach (var part in parts.Where(p => (p.Contains("STOP", StringComparison.Ordinal) || p.Contains("HELP", StringComparison.Ordinal)) && !p.Contains("988", StringComparison.Ordinal)))
            {
                var heard = EmbeddedProtocol.Heard(part).Kind;
                Assert.True(heard != ReplyKind.Crisis && (heard != ReplyKind.ToStaff || !part.Contains("STOP", StringComparison.Ordinal)), $"{part}: {heard}");
            }
        }
    }

    [Theory]
    [InlineData("Should I stop my blood pressure pills?")]
    [InlineData("when do I stop eating")]
    [InlineData("can I stop drinking water at 8?")]
    [InlineData("please cancel my appointment on Friday")]
    [InlineData("I can't come tomorrow, can we reschedule?")]
    [InlineData("why did you stop sending me texts")]
    [InlineData("yes")]
    [InlineData("si")]
    [InlineData("ok")]
    [InlineData("thanks")]
    [InlineData("")]
    [InlineData("🙂")]
    [InlineData("help me find parking")]
    [InlineData("what is the end time of my visit")]
    [InlineData("is my ride allowed to park at the stop sign")]
    [InlineData("¿Puedo parar de comer a las 8?")]
    [InlineData("I can't be here at 9")]
    [InlineData("Liked “Northside Care: if you may act on thoughts of harming yourself call 911 now, or call/text 988.”")]
    [InlineData("Liked “Northside Care: your visit is tomorrow”")]
    public void Everything_else_reaches_the_clinic(string message) => Assert.Equal(new Reply(ReplyKind.ToStaff, true), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("cant do this any more")]
    [InlineData("nothing left to live for")]
    [InlineData("I wish I wasn't alive")]
    [InlineData("quisiera morirme")]
    [InlineData("I want to unalive myself")]
    [InlineData("k1ll myself")]
    [InlineData("k!ll my self")]
    [InlineData("K I L L myself")]
    [InlineData("i wnat to die")]
    [InlineData("I wannnna dieeee")]
    [InlineData("su*cide")]
    [InlineData("me kiero morir")]
    [InlineData("ya no kiero bibir")]
    [InlineData("sucide 😢")]
    public void Danger_is_heard_however_a_phone_writes_it(string message) => Assert.Equal(ReplyKind.Crisis, EmbeddedProtocol.Heard(message).Kind);

    [Fact]
    public void No_text_of_ours_that_somebody_quotes_is_danger_and_what_it_prints_does_what_it_says()
    {
        foreach (var language in Enum.GetValues<SmsLanguage>())
        {
            var words = VisitWords.Of(new TextSubject(Reminders.SmallClinic.Visit("2026-12-02T14:30")), Reminders.SmallClinic.Rules, Reminders.SmallClinic.Signature, language);
            foreach (var name in SmsTextNames.All)
            {
                var text = Reminders.SmallClinic.Texts(language).Fill(name, words);
                var heard = EmbeddedProtocol.Heard($"Liked “{text}”").Kind;
                Assert.True(heard is not (ReplyKind.Crisis or ReplyKind.Stop), $"{name}, {language}: {heard}");
            }
        }
    }

    [Theory]
    [InlineData("STOP to end", ReplyKind.Stop)]
    [InlineData("STOP=end", ReplyKind.Stop)]
    [InlineData("STOP=no recibir", ReplyKind.Stop)]
    [InlineData("STOP=fin", ReplyKind.Stop)]
    [InlineData("STOP para no recibir", ReplyKind.Stop)]
    [InlineData("START to resume", ReplyKind.Start)]
    [InlineData("START=reanudar", ReplyKind.Start)]
    [InlineData("START to keep them", ReplyKind.Start)]
    [InlineData("START para seguir", ReplyKind.Start)]
    [InlineData("HELP for help", ReplyKind.Help)]
    [InlineData("HELP=ayuda", ReplyKind.Help)]
    [InlineData("C=OK", ReplyKind.Confirm)]
    [InlineData("C=bien", ReplyKind.Confirm)]
    [InlineData("R=otra hora", ReplyKind.Reschedule)]
    [InlineData("R to reschedule", ReplyKind.Reschedule)]
    [InlineData("DETENER", ReplyKind.Stop)]
    [InlineData("detengan por favor", ReplyKind.Stop)]
    [InlineData("AYUDA", ReplyKind.Help)]
    public void What_our_texts_print_and_its_Spanish_counterparts_act_at_once(string message, ReplyKind expected) => Assert.Equal(expected, EmbeddedProtocol.Heard(message).Kind);

    [Theory]
    [InlineData("AYUDA", SmsLanguage.Spanish)]
    [InlineData("ALTO", SmsLanguage.Spanish)]
    [InlineData("quisiera morirme", SmsLanguage.Spanish)]
    [InlineData("HELP", SmsLanguage.English)]
    [InlineData("I want to die", SmsLanguage.English)]
    public void The_language_of_the_words_is_known(string message, SmsLanguage language) => Assert.Equal(language, EmbeddedProtocol.Replies.To(message).Language);

    [Fact]
    public void A_hostile_text_is_read_in_good_time()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        EmbeddedProtocol.Heard(string.Concat(Enumerable.Repeat("stop sending me these the your any more ", 100)));
        EmbeddedProtocol.Heard(new string('k', 4000));
        EmbeddedProtocol.Heard(string.Concat(Enumerable.Repeat("want to ", 500)));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6));
    }
}
