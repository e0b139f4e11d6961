using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Faults;

/// <summary>People who submit photos, refuse them, take that back, and say no and yes to them, by the API, all at once and whether or not the gate is there at the moment.</summary>
internal sealed class BusySchool(int seed)
{
    private const int People = 4;
    private const int PhotosOfOne = 100_000;

    // Of twenty things nine are submitting, seven refusing, three taking back, one a no.
    private const int Odds = 20;

    private const string Declared = "{channel: website, activity: Projectweek, situation: group, origin: school-camera, people: [p601, p603], caption: Samen aan het werk, alt: Twee leerlingen in gesprek}";
    private const string Answers = "/api/v1/register/pupils/p603/answers";

    private readonly StreamOfPhotos photos = new();

    /// <summary>How to reach the gate; null while it is not there.</summary>
    public HttpClient? Gate { get; set; }

    /// <summary>Addresses of the photos that the gate said it had taken in.</summary>
    public ConcurrentQueue<string> Submitted { get; } = [];

    /// <summary>What was done, and how often the gate agreed.</summary>
    public ConcurrentDictionary<string, int> Done { get; } = [];

    /// <summary>Works until it is cancelled; what is begun is ended.</summary>
    public Task WorkAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, People).Select(one => WorkAsync(one, cancellationToken)));

    private async Task WorkAsync(int one, CancellationToken cancellationToken)
    {
        var (random, sent, submitted) = (new Random((seed * People) + one), one * PhotosOfOne, new List<string>());
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var what = random.Next(Odds);
                if (Gate is not { } gate)
                {
                    await Task.Delay(50, CancellationToken.None);
                }
                else if (what < 9 || submitted.Count == 0)
                {
                    await SubmitAsync(gate, sent++, submitted);
                }
                else
                {
                    await DoAsync(gate, what, submitted[random.Next(submitted.Count)]);
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
            {
                // Whether that was done nobody knows: the gate was killed meanwhile.
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private async Task SubmitAsync(HttpClient gate, int number, List<string> submitted)
    {
        using var answer = await gate.SendPhotoAsync(photos.Photo(number), $"foto{number}.jpg", Declared);
        Count("submit", answer);
        if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted)
        {
            submitted.Add(answer.Headers.Location!.ToString());
            Submitted.Enqueue(submitted[^1]);
        }
    }

    private async Task DoAsync(HttpClient gate, int what, string photo)
    {
        if (what < 16)
        {
            var found = await gate.GetFromJsonAsync<JsonObject>(photo);
            await SendAsync(gate, "refuse", photo + "/refuse", new { verdict = (string?)found!["submission"]!["verdict"], words = "Toch niet." });
        }
        else if (what < 19)
        {
            await SendAsync(gate, "undo", photo + "/undo", new { verdict = (string?)null });
        }
        else
        {
            // A no takes down all at once; the yes lets those that follow be released.
            await SendAsync(gate, "no", Answers, Answer(false));
            await SendAsync(gate, "yes", Answers, Answer(true));
        }
    }

    private async Task SendAsync(HttpClient gate, string what, string address, object body)
    {
        using var answer = await gate.PostAsJsonAsync(address, body);
        Count(what, answer);
    }

    private static object Answer(bool isYes) => new { channel = "website", kind = "photo", scope = "group", isYes, givenBy = "guardian-1" };

    private void Count(string what, HttpResponseMessage answer) => Done.AddOrUpdate($"{what} {(int)answer.StatusCode}", 1, (_, count) => count + 1);
}
