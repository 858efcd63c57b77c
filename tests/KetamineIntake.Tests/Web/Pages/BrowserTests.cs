using KetamineIntake.Tests.Support;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace KetamineIntake.Tests.Web.Pages;

/// <summary>Issue 2, "It shows" 1: the form in a real browser at a phone's width, without scripts; everything still there after a restart.</summary>
public sealed class BrowserTests
{
    private static readonly Dictionary<string, string> Typed = new(StringComparer.Ordinal)
    {
        ["dem.givenName"] = "Kim",
        ["dem.familyName"] = "Park",
        ["dem.dob:month"] = "4",
        ["dem.dob:day"] = "12",
        ["dem.dob:year"] = "1985",
        ["dem.phone"] = "(212) 555-0123",
        ["ind.trials"] = "2",
    };

    private static readonly HashSet<string> Chosen = new(StringComparer.Ordinal)
    {
        "dem.sexAtBirth=male", "ind.primary=MDD", "ind.therapyTried=yes", "log.escort=yes", "med.classes=none", "dem.smsConsent=yes",
    };

    [BrowserFact]
    public async Task A_patient_completes_the_form_on_a_phone_and_the_clinic_finds_the_referral_after_a_restart()
    {
        using var data = new TemporaryFolder();
        using var profile = new TemporaryFolder();
        using var browser = Browser.Open(profile.Path);
        await using (var host = await HostProcess.StartLocalAsync(data.Path))
        {
            browser.Navigate().GoToUrl(new Uri(host.Url, "/northside"));
            Go(browser, "main form button");
            var pages = FillInEverySection(browser);
            Assert.InRange(pages, 10, 30);
            Assert.Contains("Kim", browser.FindElement(By.TagName("main")).Text, StringComparison.Ordinal);
            Go(browser, "form.send button");
            Assert.EndsWith("/done", browser.Url, StringComparison.Ordinal);
            Assert.False(IsWiderThanThePhone(browser), "The ending is wider than the screen.");
        }

        await using var restarted = await HostProcess.StartLocalAsync(data.Path);
        browser.Navigate().GoToUrl(new Uri(restarted.Url, "/northside/staff"));
        browser.FindElement(By.CssSelector("input[name='key']")).SendKeys((await File.ReadAllTextAsync(data["staff-key.txt"])).Trim());
        Go(browser, "main form button");
        var list = browser.FindElement(By.TagName("main")).Text;

        Assert.Contains("Kim Park", list, StringComparison.Ordinal);
        Assert.Contains("Eligible", list, StringComparison.OrdinalIgnoreCase);
    }

    private static int FillInEverySection(ChromeDriver browser)
    {
        var pages = 0;
        while (browser.Url.Contains("/form/", StringComparison.Ordinal) && pages < 40)
        {
            var page = browser.Url;
            FillIn(browser);
            Assert.False(IsWiderThanThePhone(browser), $"{page} is wider than the screen.");
            Go(browser, "main form button[value='on']");
            Assert.True(page != browser.Url, $"{page} would not go on: {browser.FindElement(By.TagName("main")).Text}");
            pages++;
        }

        return pages;
    }

    /// <summary>Presses a button and waits until the page that it was on is gone.</summary>
    private static void Go(ChromeDriver browser, string button)
    {
        var page = browser.FindElement(By.TagName("html"));
        browser.FindElement(By.CssSelector(button)).Click();
        for (var patience = DateTime.UtcNow.AddSeconds(10); DateTime.UtcNow < patience;)
        {
            try
            {
                _ = page.TagName;
            }
            catch (WebDriverException)
            {
                return;
            }
        }
    }

    private static void FillIn(ChromeDriver browser)
    {
        foreach (var input in browser.FindElements(By.CssSelector("main input:not([type=hidden])")))
        {
            var (type, name, value) = (input.GetAttribute("type"), input.GetAttribute("name") ?? "", input.GetAttribute("value") ?? "");
            if (type is "radio" or "checkbox")
            {
                var isSaidOtherwise = Chosen.Any(c => c.StartsWith(name + "=", StringComparison.Ordinal));
                if (Chosen.Contains($"{name}={value}") || (type == "radio" && !isSaidOtherwise && value is "no" or "0"))
                {
                    Press(input);
                }
            }
            else if (Typed.TryGetValue(name, out var text))
            {
                input.SendKeys(text);
            }
        }
    }

    /// <summary>As a finger does: on the label, which is what a person sees. Questions that are folded away are left alone.</summary>
    private static void Press(IWebElement input)
    {
        var label = input.FindElement(By.XPath("./ancestor::label[1]"));
        if (label.Displayed)
        {
            label.Click();
        }
    }

    private static bool IsWiderThanThePhone(ChromeDriver browser) =>
        (bool)browser.ExecuteScript("return document.documentElement.scrollWidth > document.documentElement.clientWidth")!;
}
