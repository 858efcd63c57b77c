using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace KetamineIntake.Tests.Support;

/// <summary>A test in NLM's LHC-Forms, which npm brings, in a real browser. Where either is missing it is reported as skipped, by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LhcFormsFactAttribute : FactAttribute
{
    public LhcFormsFactAttribute()
    {
        var hasNpm = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "npm")));
        if (Browser.DriverFolder is null || !hasNpm)
        {
            Skip = "No chromedriver or no npm on PATH: install chromium-driver and npm to fill the published form in LHC-Forms.";
        }
    }
}

/// <summary>The published form as NLM's LHC-Forms shows it: another program's renderer, typed into as a person does.</summary>
internal sealed class LhcForms : IAsyncDisposable
{
    private const string Package = "lforms";
    private const string Version = "40.1.3";

    private const string Page = """
        <!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/package/dist/lforms/webcomponent/styles.css">
        <script src="/package/dist/lforms/webcomponent/assets/lib/zone.min.js"></script>
        <script type="module" src="/package/dist/lforms/webcomponent/runtime.js"></script>
        <script type="module" src="/package/dist/lforms/webcomponent/polyfills.js"></script>
        <script type="module" src="/package/dist/lforms/webcomponent/main.js"></script>
        </head><body><div id="form"></div></body></html>
        """;

    private const string Show = """
        const [questionnaire, done] = arguments;
        const wait = () => new Promise(r => setTimeout(r, 100));
        (async () => {
          while (!window.LForms?.Util?.addFormToPage) await wait();
          if (!LForms.FHIR) await new Promise((ok, no) => { const s = document.createElement('script'); s.src = '/package/dist/lforms/fhir/R4/lformsFHIR.min.js'; s.onload = ok; s.onerror = no; document.head.append(s); });
          await LForms.Util.addFormToPage(JSON.parse(questionnaire), 'form', {});
          while (!document.querySelector("[id^='item-dem.phone/'] input")) await wait();
          done('shown');
        })().catch(e => done('failed: ' + e));
        """;

    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder profile = new();
    private readonly WebApplication pages;
    private readonly ChromeDriver browser;

    private LhcForms()
    {
        Install();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        pages = builder.Build();
        pages.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder.Path) });
        pages.MapGet("/", () => Results.Text(Page, "text/html"));
        browser = Browser.OpenWithScripts(profile.Path);
        browser.Manage().Timeouts().AsynchronousJavaScript = TimeSpan.FromMinutes(2);
    }

    public static async Task<LhcForms> StartAsync()
    {
        var forms = new LhcForms();
        await forms.pages.StartAsync();
        return forms;
    }

    /// <summary>A fresh form.</summary>
    public void ShowForm(string questionnaire)
    {
        browser.Navigate().GoToUrl(new Uri(pages.Urls.Single()));
        Assert.Equal("shown", browser.ExecuteAsyncScript(Show, questionnaire));
    }

    /// <summary>What a person types into the field of a question: words, a date as 04/12/1985, or the answer's words.</summary>
    public void Type(QuestionnaireItem item, string answer)
    {
        var option = item.Codes.FirstOrDefault(c => c.Code == answer);
        var typed = option is null ? answer : option.Ordinal is null ? option.Display : $"{option.Display} - {option.Code}";
        var field = browser.FindElement(By.CssSelector($"[id^='item-{item.LinkId}/'] input"));
        field.SendKeys(typed);
        field.SendKeys(Keys.Tab);
    }

    /// <summary>What keeps the form from being sent.</summary>
    public IReadOnlyList<string> Faults() =>
        ((IReadOnlyCollection<object>?)browser.ExecuteScript("return LForms.Util.checkValidity()") ?? []).Select(f => f.ToString()!).ToList();

    public JsonObject Response() =>
        JsonNode.Parse((string)browser.ExecuteScript("return JSON.stringify(LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4'))")!)!.AsObject();

    public async ValueTask DisposeAsync()
    {
        browser.Quit();
        await pages.DisposeAsync();
        folder.Dispose();
        profile.Dispose();
    }

    /// <summary>The package alone: what it ships is built, and depends on nothing.</summary>
    private void Install()
    {
        var start = new ProcessStartInfo("npm", ["pack", $"{Package}@{Version}", "--silent"]) { UseShellExecute = false, WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        using var npm = Process.Start(start)!;
        var said = npm.StandardError.ReadToEndAsync();
        _ = npm.StandardOutput.ReadToEnd();
        npm.WaitForExit();
        Assert.True(npm.ExitCode == 0, said.Result);
        using var archive = new GZipStream(File.OpenRead(folder[$"{Package}-{Version}.tgz"]), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(archive, folder.Path, overwriteFiles: true);
    }
}
