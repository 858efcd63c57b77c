using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Tests.Support;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace KetamineIntake.Tests.Web.Pages;

/// <summary>Issue 10: somebody who speaks Spanish and is in danger, on a phone, without scripts.</summary>
public sealed class SpanishCrisisBrowserTests
{
    private static readonly ProtocolTexts Spanish = EmbeddedProtocols.Load("iv-ketamine").Translations[SmsLanguage.Spanish];

    [BrowserFact]
    public async Task Help_and_emergencies_come_first_in_Spanish_and_no_page_is_wider_than_the_phone()
    {
        using var data = new TemporaryFolder();
        using var profile = new TemporaryFolder();
        using var browser = Browser.Open(profile.Path);
        await using var host = await HostProcess.StartLocalAsync(data.Path);

        browser.Navigate().GoToUrl(new Uri(host.Url, "/northside"));
        Shows(browser, "están en inglés");
        browser.Go("main form button");
        foreach (var (name, text) in new[] { ("dem.givenName", "Ana"), ("dem.familyName", "Prueba"), ("dem.dob:month", "4"), ("dem.dob:day", "12"), ("dem.dob:year", "1985"), ("dem.phone", "(212) 555-0123") })
        {
            browser.FindElement(By.Name(name)).SendKeys(text);
        }

        browser.FindElement(By.CssSelector("[name='dem.lang'] option[value='es']")).Click();
        browser.Go("main form button[value='on']");
        foreach (var answer in new[] { "asq-1--no", "asq-2--no", "asq-3--yes", "asq-4--no", "asq-5--yes" })
        {
            browser.FindElement(By.Id(answer)).Press();
        }

        browser.Go("main form button[value='on']");
        Assert.EndsWith("/form/safety/help", browser.Url, StringComparison.Ordinal);
        Shows(browser, Spanish.Messages["imminent"], Spanish.Page[PageWords.WhereNote]);
        browser.FindElement(By.Name("where")).SendKeys("En casa de mi hermana");
        browser.Go("form.send button");
        Shows(browser, Spanish.Page[PageWords.WhereSaved]);

        browser.Navigate().GoToUrl(new Uri(host.Url, "/northside/form/mind"));
        browser.FindElement(By.Id("psy-delirium--yes")).Press();
        browser.Go("main form button[value='on']");
        Shows(browser, Spanish.Messages["imminent"], Spanish.Emergencies["mental"]);

        browser.Navigate().GoToUrl(new Uri(host.Url, "/northside/review"));
        browser.Go("form.send button");
        Shows(browser, Spanish.Messages["imminent"], Spanish.Emergencies["mental"]);
        Assert.Equal("es", browser.FindElement(By.TagName("html")).GetAttribute("lang"));
        Assert.NotEmpty(browser.FindElements(By.CssSelector("main a[href='tel:988']")));
    }

    private static void Shows(ChromeDriver browser, params string[] texts)
    {
        var page = browser.FindElement(By.TagName("main")).Text;
        Assert.All(texts, t => Assert.Contains(t, page, StringComparison.Ordinal));
        Assert.False(browser.IsWiderThanThePhone(), $"{browser.Url} is wider than the screen.");
    }
}
