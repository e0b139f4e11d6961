using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Support;

/// <summary>Debian's Chromium, without a window. The test is left out, by name, where it is not installed.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";
    private const string FolderVariable = "PUBLICATION_GATE_SCREENSHOTS";

    private static readonly string[] Wcag22AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    private static readonly string[] OfLooks = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "meta-viewport"];
    private static readonly int[] Widths = [1280, 390];
    private static readonly (ColorScheme Scheme, int Width)[] Looks = [(ColorScheme.Light, Widths[0]), (ColorScheme.Dark, Widths[1])];
    private static readonly (ColorScheme Scheme, int Width)[] AllLooks = [.. Looks, (ColorScheme.Dark, Widths[0]), (ColorScheme.Light, Widths[1])];

    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    private readonly IPlaywright playwright;
    private readonly IBrowser chromium;
    private readonly List<string> foreign = [];
    private readonly List<string> complaints = [];

    private Browser(IPlaywright playwright, IBrowser chromium) => (this.playwright, this.chromium) = (playwright, chromium);

    public static async Task<Browser> StartAsync()
    {
        if (!File.Exists(Program))
        {
            Assert.Ignore("left out: Chromium is not installed (Debian package 'chromium')");
        }

        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox"] }));
    }

    /// <summary>A page of a new visitor of the service, who prefers a language.</summary>
    public async Task<IPage> VisitAsync(RunningService service, string language = "nl")
    {
        var visitor = await chromium.NewContextAsync(new() { BaseURL = service.Address.ToString(), Locale = language, ViewportSize = new() { Width = Widths[0], Height = 900 } });
        var page = await visitor.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(service.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                foreign.Add(request.Url);
            }
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("status of 4", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        return page;
    }

    /// <summary>A page of a new visitor of another site, who has nothing of it yet.</summary>
    public async Task<IPage> VisitSiteAsync(string address)
    {
        var visitor = await chromium.NewContextAsync(new() { Locale = "nl", ViewportSize = new() { Width = Widths[0], Height = 900 } });
        var page = await visitor.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>A picture of a page as it stands, to look at; only where <see cref="FolderVariable"/> names a folder.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    /// <summary>Signs in by the form.</summary>
    public static async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#name", name);
        await page.FillAsync("#password", RunningService.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("form[action='/sign-out']");
    }

    /// <summary>Looks at the page as it stands: no WCAG 2.2 AA violation, nothing wider than the screen; screenshots where <see cref="FolderVariable"/> names a folder.</summary>
    /// <remarks>
    /// Light on a desk by all rules, and dark on a phone by those that colours and width are about, since names and order are the same. In English only its width is looked
    /// at, since all but the words is the Dutch page. In the long form, both languages in both colours at both widths: three minutes more.
    /// </remarks>
    /// <param name="page">The page.</param>
    /// <param name="name">What to call the screenshots.</param>
    public static async Task InspectAsync(IPage page, string name)
    {
        var isLong = LongForm.IsAsked;
        var isDutch = await page.EvaluateAsync<string>("document.documentElement.lang") == "nl";
        foreach (var (scheme, width) in isLong ? AllLooks : isDutch ? Looks : Looks[1..])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(width, 900);
            if (isLong || isDutch)
            {
                var isWhole = isLong || scheme == ColorScheme.Light;
                Assert.That(await ViolationsAsync(page, isWhole ? "tag" : "rule", isWhole ? Wcag22AA : OfLooks), Is.Empty, $"{name} {scheme} {width}");
            }

            Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width), $"{name} is wider than {width} px");
            await PictureAsync(page, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}");
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(Widths[0], 900);
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
        Assert.That(foreign, Is.Empty, "pages load nothing from elsewhere");
        Assert.That(complaints, Is.Empty, "the browser has nothing to complain of, such as what the Content-Security-Policy forbids");
    }

    // The package's own way opens a page for each look, which costs as much as the look.
    private static async Task<string[]> ViolationsAsync(IPage page, string type, string[] values)
    {
        if (!await page.EvaluateAsync<bool>("typeof axe === 'object'"))
        {
            await page.EvaluateAsync(Axe.Value);
        }

        return await page.EvaluateAsync<string[]>(
            """async only => (await axe.run({ runOnly: only, resultTypes: ["violations"] })).violations.map(one => one.id + ": " + one.nodes.map(node => node.html).join(" | "))""", new { type, values });
    }
}
