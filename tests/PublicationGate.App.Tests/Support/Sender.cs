using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace PublicationGate.App.Tests.Support;

/// <summary>A program that sends photos to the running service with an API key.</summary>
internal static partial class Sender
{
    private const string Link = "/welcome?token=";

    /// <summary>Makes the first account of a service that has just started, and a key of it.</summary>
    public static async Task<string> FirstKeyAsync(RunningGate running, string account = "Noor", string key = "camera", string password = RunningService.Password, string[]? scopes = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = await running.AddressAsync() };
        Assert.That(() => running.Printed, Does.Contain(Link).After(10_000, 50));
        var token = running.Printed.Split(Link)[1].Split('\n')[0].Trim();
        using var made = await client.SendFormAsync(Link + token, "/welcome", ("link", token), ("name", account), ("password", password));
        Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        using var answer = await client.SendFormAsync("/account/keys", "/account/keys?handler=make", [("name", key), .. (scopes ?? ["Submit", "Read", "RegisterRead"]).Select(scope => ("scopes", scope)), ("password", password)]);
        return Key().Match(await answer.Content.ReadAsStringAsync()).Value;
    }

    /// <summary>A client with that key.</summary>
    public static async Task<HttpClient> ClientAsync(RunningGate running, string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = await running.AddressAsync() };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>Sends one photo.</summary>
    public static async Task<HttpResponseMessage> SendPhotoAsync(this HttpClient client, byte[] photo, string fileName, string declaration = "people: none\nchannel: website\n")
    {
        var file = new ByteArrayContent(photo);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent { { new StringContent(declaration), "declaration" }, { file, "photo", fileName } };
        return await client.PostAsync("/api/v1/submissions", form);
    }

    [GeneratedRegex("pgate_[A-Za-z0-9_-]{43}")]
    private static partial Regex Key();
}
