using OpenQA.Selenium.Chrome;

namespace KetamineIntake.Tests.Support;

/// <summary>Headless Chromium at a phone's width, without scripts, as the installed packages bring it.</summary>
internal static class Browser
{
    public static string? DriverFolder { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "chromedriver")));

    public static ChromeDriver Open(string profile)
    {
        var options = new ChromeOptions();
        options.AddArguments(
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--window-size=375,812", "--user-data-dir=" + profile);
        options.AddUserProfilePreference("profile.managed_default_content_settings.javascript", 2);
        return new ChromeDriver(ChromeDriverService.CreateDefaultService(DriverFolder), options);
    }
}
