using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Playwright;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>The first minutes with the gate, in a real browser.</summary>
public class FirstVisitTests
{
    [TestCase("nl")]
    [TestCase("en")]
    public async Task First_account_second_factor_out_and_in_again(string language)
    {
        await using var service = await RunningService.StartAsync();
        await using var browser = await Browser.StartAsync();
        var page = await browser.VisitAsync(service, language);

        await page.GotoAsync(await service.FirstLinkAsync());
        await page.FillAsync("#name", "noor@school.example");
        await page.FillAsync("#password", "wachtwoord123");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#password[aria-invalid]");
        Assert.That(await page.Locator("#password").GetAttributeAsync("aria-invalid"), Is.EqualTo("true"), "everybody tries that one");
        await Browser.InspectAsync(page, $"welcome-mistake-{language}");
        await page.FillAsync("#password", RunningService.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#messages .message");

        await page.GotoAsync("/account/second-factor");
        await Browser.InspectAsync(page, $"second-factor-{language}");
        var secret = await page.TextContentAsync("#secret");
        await page.FillAsync("#password", RunningService.Password);
        await page.FillAsync("#code", Code(secret!, 0));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".codes");
        await Browser.InspectAsync(page, $"recovery-codes-{language}");
        Assert.That(await page.Locator(".codes li").CountAsync(), Is.EqualTo(10));

        await page.Locator("form[action='/sign-out'] button").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.FillAsync("#name", "Noor@School.example");
        await page.FillAsync("#password", RunningService.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sign-in/code*");
        await Browser.InspectAsync(page, $"sign-in-code-{language}");
        await page.FillAsync("#code", Code(secret!, 1));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("form[action='/sign-out']");
        Assert.That(await page.Locator("html").GetAttributeAsync("lang"), Is.EqualTo(language));
    }

    [Test]
    public async Task Language_and_colours_are_switched_without_a_script()
    {
        await using var service = await RunningService.StartAsync();
        await using var browser = await Browser.StartAsync();
        var page = await browser.VisitAsync(service, "nl");
        await page.GotoAsync("/sign-in");
        await page.Locator("button[value=en]").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        await page.Locator("button[value=dark]").ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Browser.InspectAsync(page, "sign-in-dark-chosen");
    }

    // RFC 6238, as apps do it.
    private static string Code(string secret, int later)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(secret.Select(letter => Convert.ToString(Alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2)).ToArray();
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + later);
#pragma warning disable CA5350 // the standard's
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
