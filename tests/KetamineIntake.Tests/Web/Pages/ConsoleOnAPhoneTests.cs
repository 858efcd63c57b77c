using KetamineIntake.Tests.Support;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace KetamineIntake.Tests.Web.Pages;

/// <summary>The console in a real browser: at a phone's width, and on paper.</summary>
public sealed class ConsoleOnAPhoneTests
{
    [BrowserFact]
    public async Task A_held_visit_fits_a_phone_and_paper_carries_neither_the_menu_nor_the_crisis_banner()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T13:00:00Z");
        var patient = await app.PatientAsync(tested: false);
        await app.BookAsync(patient, "2026-12-01T14:00");
        await app.ReplyAsync("I want to die");
        await app.AdvanceAsync("PT1S");
        using var profile = new TemporaryFolder();
        using var browser = SignedIn(app, profile);

        browser.Navigate().GoToUrl(new Uri(app.Client.BaseAddress!, Desk.Patient(patient)));
        Assert.Contains("Hold: a required test", browser.FindElement(By.CssSelector(".badge.danger")).Text, StringComparison.Ordinal);
        Assert.True((bool)browser.ExecuteScript(
            "return [...document.querySelectorAll('.badge')].every(b => b.getBoundingClientRect().right <= b.closest('.panel').getBoundingClientRect().right)")!, "A badge runs off its panel.");
        Assert.Equal((true, true), Shown(browser));

        browser.ExecuteCdpCommand("Emulation.setEmulatedMedia", new Dictionary<string, object?> { ["media"] = "print" });
        Assert.Equal((false, false), Shown(browser));
    }

    [BrowserFact]
    public async Task Whether_no_more_texts_are_wanted_is_decided_on_a_phone()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T13:00:00Z");
        await app.PatientAsync();
        await app.ReplyAsync("I don't want you to stop texting me. Where do I park, and is the entrance on Rhododendron-Promenade-Extension or at the back?");
        using var profile = new TemporaryFolder();
        using var browser = SignedIn(app, profile);

        browser.Navigate().GoToUrl(new Uri(app.Client.BaseAddress!, Desk.Staff + "/texts"));
        Assert.False((bool)browser.ExecuteScript("return document.documentElement.scrollWidth > document.documentElement.clientWidth")!, "The page is wider than the phone.");
        browser.FindElement(By.CssSelector("button[value='keep']")).Click();

        Assert.Contains("Nothing is open.", browser.FindElement(By.XPath("//main//p[contains(., 'Nothing is open')]")).Text, StringComparison.Ordinal);
    }

    private static ChromeDriver SignedIn(LocalApp app, TemporaryFolder profile)
    {
        var browser = Browser.Open(profile.Path);
        browser.ExecuteCdpCommand("Emulation.setDeviceMetricsOverride", new Dictionary<string, object?> { ["width"] = 320, ["height"] = 640, ["deviceScaleFactor"] = 1, ["mobile"] = true });
        browser.Navigate().GoToUrl(new Uri(app.Client.BaseAddress!, Desk.Staff));
        browser.FindElement(By.CssSelector("input[name='key']")).SendKeys(app.Key + Keys.Enter);
        browser.Manage().Timeouts().ImplicitWait = TimeSpan.FromSeconds(10);
        Assert.True(browser.FindElement(By.CssSelector(".bar nav")).Displayed);
        return browser;
    }

    private static (bool Menu, bool Banner) Shown(ChromeDriver browser) =>
        (browser.FindElement(By.CssSelector(".bar nav")).Displayed, browser.FindElement(By.Id("crises")).Displayed);
}
