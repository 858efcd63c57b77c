using OpenQA.Selenium.Chrome;

namespace KetamineIntake.Tests.Support;

/// <summary>Headless Chromium at a phone's width, without scripts, as the installed packages bring it.</summary>
internal static class Browser
{
    public static string? DriverFolder { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "chromedriver")));

    public static ChromeDriver Open(string profile) => Open(profile, scripts: false);

    /// <summary>The same for other people's pages, which need scripts.</summary>
    public static ChromeDriver OpenWithScripts(string profile) => Open(profile, scripts: true);

    private static ChromeDriver Open(string profile, bool scripts)
    {
        var options = new ChromeOptions();
        options.AddArguments(
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--window-size=375,812", "--user-data-dir=" + profile);
        if (!scripts)
        {
            options.AddUserProfilePreference("profile.managed_default_content_settings.javascript", 2);
        }

        return new ChromeDriver(ChromeDriverService.CreateDefaultService(DriverFolder), options);
    }
}
