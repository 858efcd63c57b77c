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
            browser.Go("main form button");
            var pages = FillInEverySection(browser);
            Assert.InRange(pages, 10, 30);
            Assert.Contains("Kim", browser.FindElement(By.TagName("main")).Text, StringComparison.Ordinal);
            browser.Go("form.send button");
            Assert.EndsWith("/done", browser.Url, StringComparison.Ordinal);
            Assert.False(browser.IsWiderThanThePhone(), "The ending is wider than the screen.");
        }

        await using var restarted = await HostProcess.StartLocalAsync(data.Path);
        browser.Navigate().GoToUrl(new Uri(restarted.Url, "/northside/staff"));
        browser.FindElement(By.CssSelector("input[name='key']")).SendKeys((await File.ReadAllTextAsync(data["staff-key.txt"])).Trim());
        browser.Go("main form button");
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
            Assert.False(browser.IsWiderThanThePhone(), $"{page} is wider than the screen.");
            browser.Go("main form button[value='on']");
            Assert.True(page != browser.Url, $"{page} would not go on: {browser.FindElement(By.TagName("main")).Text}");
            pages++;
        }

        return pages;
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
                    input.Press();
                }
            }
            else if (Typed.TryGetValue(name, out var text))
            {
                input.SendKeys(text);
            }
        }
    }
}
