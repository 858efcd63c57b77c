namespace KetamineIntake.Tests.Support;

/// <summary>A test in a real browser. Where none is installed it is reported as skipped, by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Browser.DriverFolder is null)
        {
            Skip = "No chromedriver on PATH: install the packages chromium and chromium-driver to run this test.";
        }
    }
}
