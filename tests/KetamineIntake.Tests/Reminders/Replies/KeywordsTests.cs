using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Screenings;

namespace KetamineIntake.Tests.Reminders.Replies;

/// <summary>Every keyword and every way of writing it that is listed.</summary>
public class KeywordsTests
{
    [Fact]
    public void Every_listed_word_does_what_it_says()
    {
        AssertAll(ReplyKind.Stop, false,
            "stop", "stopall", "stop all", "unsubscribe", "quit", "revoke", "remove", "remove me", "opt out", "optout", "opt me out", "stop texts", "stop texting", "stop messages", "no more",
            "no more texts", "unsubscribe me", "alto", "para", "parar", "pare", "paren", "baja", "dar de baja", "dame de baja", "deme de baja", "no mas", "no mas mensajes", "no mas textos",
            "basta", "desuscribir");
        AssertAll(ReplyKind.Stop, true, "cancel", "end", "cancelar", "cancela", "fin", "terminar");
        AssertAll(ReplyKind.Start, false, "start", "unstop", "iniciar", "inicio", "comenzar", "reanudar");
        AssertAll(ReplyKind.Help, false, "help", "info", "ayuda", "informacion");
        AssertAll(ReplyKind.Confirm, false, "c", "confirm", "confirmed", "c confirm", "confirmar", "confirmo", "confirmado", "confirmada");
        AssertAll(ReplyKind.Reschedule, true, "r", "reschedule", "r reschedule", "reprogramar", "reagendar");
    }

    [Theory]
    [InlineData("please")]
    [InlineData("pls")]
    [InlineData("plz")]
    [InlineData("thanks")]
    [InlineData("thank you")]
    [InlineData("thx")]
    [InlineData("now")]
    [InlineData("ok")]
    [InlineData("okay")]
    [InlineData("hi")]
    [InlineData("hello")]
    [InlineData("por favor")]
    [InlineData("gracias")]
    [InlineData("ya")]
    [InlineData("hola")]
    [InlineData("reply")]
    public void Politeness_changes_no_keyword_and_is_none(string words)
    {
        Assert.Equal(new Reply(ReplyKind.Confirm, false), EmbeddedProtocol.Heard($"{words} c"));
        Assert.Equal(new Reply(ReplyKind.Confirm, false), EmbeddedProtocol.Heard($"c, {words}!"));
        Assert.Equal(new Reply(ReplyKind.ToStaff, true), EmbeddedProtocol.Heard(words));
    }

    [Theory]
    [InlineData("life is not worth it")]
    [InlineData("I can't do this anymore")]
    [InlineData("cannot do this anymore")]
    [InlineData("goodbye forever")]
    [InlineData("slit my wrists")]
    [InlineData("I'll jump off the bridge")]
    [InlineData("hang myself")]
    [InlineData("nothing to live for")]
    [InlineData("not worth living")]
    [InlineData("overdosed")]
    [InlineData("self-harm")]
    [InlineData("I want it all to end")]
    [InlineData("suiside")]
    [InlineData("sobredosis")]
    [InlineData("ojalá me muera")]
    [InlineData("estaría mejor muerto")]
    [InlineData("ya no puedo más")]
    [InlineData("acabar con todo")]
    public void More_words_of_danger_are_raised(string message) => Assert.Equal(new Reply(ReplyKind.Crisis, true), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("don't ever message this number")]
    [InlineData("please do not send us sms")]
    [InlineData("no longer want reminders")]
    [InlineData("take this number off your list")]
    [InlineData("you have the wrong person")]
    [InlineData("dejen de enviarme cosas")]
    [InlineData("no nos contacten otra vez")]
    [InlineData("ya no deseo recibir avisos suyos")]
    [InlineData("quiero que me den de baja")]
    public void More_plain_sentences_stop_the_texts_and_a_person_reads_them(string message) => Assert.Equal(new Reply(ReplyKind.Stop, true), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("please keep stop texting off")]
    [InlineData("when did you stop texting me")]
    [InlineData("did you stop sending texts")]
    [InlineData("why have you stop texting me")]
    public void Complaints_about_too_few_texts_reach_the_clinic(string message) => Assert.Equal(new Reply(ReplyKind.ToStaff, true), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("stpo")]
    [InlineData("SOTP!")]
    [InlineData("stopp")]
    [InlineData("unsubscibe please")]
    [InlineData("Unsuscribe")]
    [InlineData("stopal")]
    [InlineData("st0p")]
    [InlineData("s t o p")]
    public void Slips_of_thumbs_stop_the_texts(string message) => Assert.Equal(new Reply(ReplyKind.Stop, false), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("stat")]
    [InlineData("sart")]
    [InlineData("strat")]
    [InlineData("starrt")]
    [InlineData("unstpo")]
    [InlineData("iniciarr")]
    [InlineData("shop")]
    [InlineData("stoop")]
    [InlineData("step")]
    [InlineData("atop")]
    [InlineData("top")]
    [InlineData("sop")]
    public void No_slip_resubscribes_and_no_word_of_a_dictionary_is_a_slip(string message) => Assert.Equal(new Reply(ReplyKind.ToStaff, true), EmbeddedProtocol.Heard(message));

    [Theory]
    [InlineData("DON'T don’t don‘t donʼt don`t don´t", "dont dont dont dont dont dont")]
    [InlineData("á à ä â ã Á", "a a a a a a")]
    [InlineData("é è ë ê É", "e e e e e")]
    [InlineData("í ì ï î Í", "i i i i i")]
    [InlineData("ó ò ö ô õ Ó", "o o o o o o")]
    [InlineData("ú ù ü û Ú", "u u u u u")]
    [InlineData("ñ Ñ ç Ç", "n n c c")]
    [InlineData("ma\u0301s", "mas")]
    [InlineData("s\u200Bt\u200Do\u00ADp\uFE0F", "stop")]
    [InlineData("ＳＴＯＰ！～ｚ０９", "stop z09")]
    [InlineData("  a--b\t\nc.7  ", "a b c 7")]
    [InlineData("日本 stop 🛑", "stop")]
    [InlineData("", "")]
    public void Words_are_compared_without_marks_case_and_pictures(string text, string plain) => Assert.Equal(plain, PlainText.Of(text));

    private static void AssertAll(ReplyKind kind, bool tellStaff, params string[] words) =>
        Assert.All(words, w => Assert.Equal(new Reply(kind, tellStaff), EmbeddedProtocol.Heard(w)));
}
