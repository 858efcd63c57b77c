using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace KetamineIntake.Tests.Support;

/// <summary>What a person does on a phone.</summary>
internal static class BrowserHands
{
    /// <summary>Presses a button and waits until the page that it was on is gone.</summary>
    public static void Go(this ChromeDriver browser, string button)
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

    /// <summary>As a finger does: on the label, which is what a person sees. Questions that are folded away are left alone.</summary>
    public static void Press(this IWebElement input)
    {
        var label = input.FindElement(By.XPath("./ancestor::label[1]"));
        if (label.Displayed)
        {
            label.Click();
        }
    }

    public static bool IsWiderThanThePhone(this ChromeDriver browser) =>
        (bool)browser.ExecuteScript("return document.documentElement.scrollWidth > document.documentElement.clientWidth")!;
}
