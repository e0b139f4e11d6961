using System.Collections.Concurrent;
using System.Net.Http.Headers;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using static PublicationGate.App.Tests.Api.ApiCalls;

namespace PublicationGate.App.Tests.Api;

/// <summary>Files that were made to break image software, through the API, decoded in processes apart as <c>serve</c> does.</summary>
[NonParallelizable]
public class BrokenCorpusApiTests
{
    [Test]
    public async Task Every_broken_file_gets_one_final_state_and_the_service_lives()
    {
        if (!Directory.Exists(Repository.Corpus))
        {
            Assert.Ignore($"The corpus of broken files is not there: {Repository.Corpus}");
        }

        await using var service = await RunningService.StartAsync(decodesApart: true);
        using var client = await ApiContract.ClientAsync(service, Roles.Teacher);
        var files = Directory.EnumerateFiles(Repository.Corpus, "*", SearchOption.AllDirectories).Where(file => Path.GetDirectoryName(file) != Repository.Corpus).ToList();
        var ends = new ConcurrentDictionary<string, string>();
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (file, cancellationToken) =>
        {
            using var body = Bytes(await File.ReadAllBytesAsync(file, cancellationToken), "application/octet-stream");
            // Whatever it is called there: here it is a photo.
            body.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "foto.jpg" };
            using var answer = await client.PostAsync(All, body, cancellationToken);
            ends[file] = (int)answer.StatusCode is 201 or 202 ? (await client.DecidedAsync(answer.Headers.Location!.ToString())).Outcome() : $"{(int)answer.StatusCode}";
        });
        Assert.That(ends.Values, Has.All.AnyOf("held", "rejected", "413", "415"));
        Assert.That(ends.Values.Count(end => end == "held"), Is.GreaterThan(files.Count / 2), "else this would prove little");
        Assert.That(await service.Client().GetStringAsync("/healthz/live"), Does.Contain("live"));
        var metrics = await service.Client().GetStringAsync("/metrics");
        Assert.That(metrics.Split('\n').Where(line => line.StartsWith("gate_decoder_kills_total", StringComparison.Ordinal)), Is.Empty, "not even a process that decodes was lost");
        TestContext.Out.WriteLine(string.Join(", ", ends.Values.GroupBy(end => end).Select(same => $"{same.Count()} {same.Key}")));
    }
}
