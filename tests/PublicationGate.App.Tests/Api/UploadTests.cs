using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.App.Uploads;
using PublicationGate.Intake;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using static PublicationGate.App.Tests.Api.ApiCalls;

namespace PublicationGate.App.Tests.Api;

public class UploadTests
{
    [Test]
    public async Task What_breaks_off_leaves_nothing_behind([Values] bool isForm)
    {
        await using var service = await RunningService.StartAsync();
        using var client = await ApiContract.ClientAsync(service, Roles.Teacher);
        var photo = await File.ReadAllBytesAsync(Repository.Sample(Photos.Nobody));
        using (var socket = new TcpClient(service.Address.Host, service.Address.Port))
        {
            var head = isForm
                ? $"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n"
                : "Content-Type: image/jpeg\r\nContent-Length: 30000000\r\n\r\n";
            var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {All} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {client.DefaultRequestHeaders.Authorization}\r\n{head}"));
            await stream.WriteAsync(photo);
            if (isForm)
            {
                // The first photo is whole and stored, the second is not.
                await stream.WriteAsync("\r\n--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"b.jpg\"\r\n\r\n"u8.ToArray());
                Assert.That(() => StoredFiles.Of(service).Where(file => !file.StartsWith("incoming", StringComparison.Ordinal)), Is.Not.Empty.After(10_000, 50));
                await stream.WriteAsync(photo.AsMemory(0, 10_000));
            }

            Assert.That(() => StoredFiles.Of(service), Is.Not.Empty.After(10_000, 50), "else this would prove nothing");
        }

        await StoredFiles.AreNoneAsync(service);
    }

    [Test]
    public async Task What_is_packed_is_refused()
    {
        await using var service = await RunningService.StartAsync();
        using var client = await ApiContract.ClientAsync(service, Roles.Teacher);
        using var body = Photo(Photos.Nobody);
        body.Headers.ContentEncoding.Add("gzip");
        using var answer = await client.PostAsync(All, body);
        Assert.That((answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((HttpStatusCode.UnsupportedMediaType, "packed")));
        await StoredFiles.AreNoneAsync(service);
    }

    [Test]
    public async Task What_is_no_upload_is_refused_and_says_why()
    {
        await using var service = await RunningService.StartAsync(more: services => services.AddSingleton(new UploadOptions { MostPhotos = 1 }));
        using var client = await ApiContract.ClientAsync(service, Roles.Teacher);
        var cases = new (HttpContent Content, int Status, string Code)[]
        {
            (new StringContent("{}", Encoding.UTF8, "application/json"), 415, "wrong-type"),
            (Form(Nobody), 400, "wrong-fields"),
            (Form(Nobody, ("a.jpg", Photo(Photos.Nobody)), ("b.jpg", Photo(Photos.OneFace))), 413, "too-many-photos"),
            (Form(Nobody, ("a.jpg", Bytes([]))), 415, "photo-empty"),
            (Form(new string('x', 70_000), ("a.jpg", Photo(Photos.Nobody))), 400, "wrong-fields"),
            (Form(Nobody, (new string('a', 300) + ".jpg", Photo(Photos.Nobody))), 400, "wrong-fields"),
            (Bytes("--b\r\nnonsense"u8.ToArray(), "multipart/form-data"), 400, "broken-upload"),
        };
        foreach (var (content, status, code) in cases)
        {
            using var answer = await client.PostAsync(All, content);
            Assert.That(((int)answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((status, code)));
            await StoredFiles.AreNoneAsync(service);
        }
    }

    [Test]
    public async Task A_bad_file_is_said_in_whatever_letters_the_address_is_written()
    {
        await using var service = await RunningService.StartAsync();
        using var client = await service.WithKeyAsync(Roles.Teacher, ApiScopes.Submit);
        using var answer = await client.PostAsync("/API/v1/submissions", Form(Nobody, ("a.jpg", Bytes([]))));
        Assert.That(((int)answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((415, "photo-empty")));
    }

    [Test]
    public async Task A_full_queue_is_said_before_the_photo_is_read()
    {
        await using var service = await RunningService.StartAsync(more: services => services.AddSingleton(new SubmissionOptions { MostWaiting = 1 }));
        using var client = await ApiContract.ClientAsync(service, Roles.Teacher);
        await using (var db = service.Database.CreateDbContext())
        {
            // Of another protocol, so that nobody takes it.
            db.QueueItems.Add(new QueueItem
            {
                ContentSha256 = new string('0', 64), DeclarationSha256 = "", ProtocolVersion = "another", Photo = new QueuedPhoto { FileName = "a.jpg" }.Write(),
                Store = service.Services.GetRequiredService<IContentStore>().Id, State = QueueState.Waiting, DueAt = DateTimeOffset.UnixEpoch,
            });
            await db.SaveChangesAsync();
        }

        using var socket = new TcpClient(service.Address.Host, service.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {All} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {client.DefaultRequestHeaders.Authorization}\r\nContent-Type: image/jpeg\r\nContent-Length: 1000000\r\n\r\n"));
        var answer = await new StreamReader(stream).ReadLineAsync();
        Assert.That(answer, Does.Contain("429"), "although nothing of the photo was sent");
        using var whole = await client.PostAsync(All, Form(Nobody, ("a.jpg", Photo(Photos.Nobody))));
        Assert.That((whole.StatusCode, await whole.CodeAsync()), Is.EqualTo((HttpStatusCode.TooManyRequests, "queue-full")));
        Assert.That(whole.Headers.RetryAfter?.Delta, Is.EqualTo(QueueFullException.RetryAfter));
    }

    [Test]
    public async Task Who_does_not_wait_is_told_where_to_ask()
    {
        await using var service = await RunningService.StartAsync(more: services => services.AddSingleton(new UploadOptions { LongestWait = TimeSpan.Zero }));
        using var client = await ApiContract.ClientAsync(service, Roles.Teacher);
        using var answer = await client.PostAsync(All, Form(Nobody, ("a.jpg", Photo(Photos.Nobody))));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await client.DecidedAsync(answer.Headers.Location!.ToString())).Outcome(), Is.EqualTo("approved"));
    }
}
