using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.App.Uploads;
using PublicationGate.Consent;
using static PublicationGate.App.Tests.Api.ApiCalls;

namespace PublicationGate.App.Tests.Api;

/// <summary>OWASP ASVS 5.0, chapter V5 (File Handling): one test for each of its 13 requirements.</summary>
public class FileHandlingTests
{
    private const string Imports = "/api/v1/register/imports";

    private RunningService service = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync();
        client = await ApiContract.ClientAsync(service, Roles.WebsiteManager);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task V5_1_1_The_documentation_names_types_endings_and_sizes_and_how_files_are_made_safe()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/api.md"));
        var limits = (await client.GetFromJsonAsync<JsonObject>("/api/v1/limits"))!;
        Assert.That(limits["nameEndings"]!.AsArray().Select(ending => (string)ending!), Has.All.Matches<string>(said => page.Contains(said!, StringComparison.Ordinal)));
        string[] sizes =
        [
            $"{(int)limits["photoBytes"]! >> 20} MB each", $"{limits["photos"]} in one upload", $"{limits["photosADay"]} in 24 hours", $"{(long)limits["pixels"]! / 1_000_000} million pixels", $"{limits["side"]} along a side",
            $"{limits["frames"]} frames", $"{UploadedRegister.MostBytes >> 20} MB in at most",
        ];
        Assert.That(sizes, Has.All.Matches<string>(said => page.Contains(said!, StringComparison.Ordinal)));
        Assert.That(page, Does.Contain("How files are safe to open").And.Contain("malicious file"));
    }

    [Test]
    public async Task V5_2_1_A_file_over_the_limit_is_refused_while_it_comes_in([Values] bool isLengthSaid)
    {
        await using var fresh = await RunningService.StartAsync();
        using var sender = await ApiContract.ClientAsync(fresh, Roles.Teacher);
        using var body = new StreamContent(new EndlessPhoto(41 << 20, isLengthSaid)) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, All) { Content = body, Headers = { ExpectContinue = true, TransferEncodingChunked = !isLengthSaid } };
        using var answer = await sender.SendAsync(request);
        Assert.That((answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "photo-too-large")));
        await StoredFiles.AreNoneAsync(fresh);
    }

    [Test]
    public async Task V5_2_2_Names_and_contents_that_are_no_photos_are_refused_and_the_content_says_what_a_photo_is()
    {
        async Task<(int, string)> SendAsync(string name, byte[] content)
        {
            using var answer = await client.PostAsync(All, Form(Nobody, (name, Bytes(content))));
            return ((int)answer.StatusCode, (int)answer.StatusCode == 415 ? await answer.CodeAsync() : "");
        }

        var photo = await File.ReadAllBytesAsync(Repository.Sample(Photos.Nobody));
        Assert.That(await SendAsync("foto.exe", photo), Is.EqualTo((415, "no-photo-name")));
        Assert.That(await SendAsync("foto.jpg.html", photo), Is.EqualTo((415, "no-photo-name")));
        Assert.That(await SendAsync("foto.jpg", "<html><script>alert(1)</script></html>"u8.ToArray()), Is.EqualTo((415, "no-photo-type")));
        var detail = await DecidedAsync("naam zegt png.png", photo);
        using var copy = await client.GetAsync($"{All}/{detail.Id()}/preview");
        Assert.That(copy.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/jpeg"));
    }

    [Test]
    public async Task V5_2_3_A_zip_is_held_against_size_and_number_before_it_is_unpacked()
    {
        using var large = await client.PostAsync(Imports, Bytes(RegisterApiTests.Zip([("pupils.csv", new byte[UploadedRegister.MostBytes + 1])]), "application/zip"));
        Assert.That((large.StatusCode, await large.CodeAsync()), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "zip-too-large")));
        using var many = await client.PostAsync(Imports, Bytes(RegisterApiTests.Zip([.. Enumerable.Range(0, 17).Select(number => ($"{number}/pupils.csv", Array.Empty<byte>()))]), "application/zip"));
        Assert.That((many.StatusCode, await many.CodeAsync()), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "zip-too-large")));
    }

    [Test]
    public async Task V5_2_4_One_account_cannot_fill_the_store()
    {
        await using var fresh = await RunningService.StartAsync(more: services => services.AddSingleton(new UploadOptions { MostPhotosADay = 1 }));
        using var sender = await ApiContract.ClientAsync(fresh, Roles.Teacher);
        await sender.SubmitAsync(Photos.Nobody, Nobody);
        var before = StoredFiles.Of(fresh);
        using var second = await sender.PostAsync(All, Form(Nobody, ("b.jpg", Photo(Photos.OneFace))));
        Assert.That((second.StatusCode, await second.CodeAsync()), Is.EqualTo((HttpStatusCode.TooManyRequests, "enough-today")));
        Assert.That(StoredFiles.Of(fresh), Is.EquivalentTo(before));
    }

    [Test]
    public async Task V5_2_5_A_zip_with_a_symbolic_link_is_refused()
    {
        const int Link = 0xA1FF << 16;
        using var answer = await client.PostAsync(Imports, Bytes(RegisterApiTests.Zip([("pupils.csv", "/etc/passwd"u8.ToArray())], Link), "application/zip"));
        Assert.That((answer.StatusCode, await answer.CodeAsync()), Is.EqualTo((HttpStatusCode.UnsupportedMediaType, "zip-other-files")));
    }

    [Test]
    public async Task V5_2_6_A_picture_of_too_many_pixels_is_never_approved_and_not_decoded()
    {
        var detail = await DecidedAsync("vloed.png", PngOf(20_000, 20_000));
        Assert.That((detail.Outcome(), (string)detail["decision"]!["findings"]![0]!["rule"]!), Is.EqualTo(("held", "nothing-is-unknown")));
        using var preview = await client.GetAsync($"{All}/{detail.Id()}/preview");
        Assert.That(preview.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task V5_3_1_Originals_lie_outside_the_web_root_and_have_no_address()
    {
        var detail = await client.SubmitAsync(Photos.Nobody, Nobody);
        var sha256 = (string)detail["submission"]!["sha256"]!;
        Assert.That(Path.GetFullPath(service.Data), Does.Not.StartWith(AppContext.BaseDirectory));
        foreach (var address in new[] { $"/store/{sha256[..2]}/{sha256}", $"/{sha256}", $"/data/store/{sha256[..2]}/{sha256}", "/..%2f..%2fgate.db" })
        {
            Assert.That((await service.Client().GetAsync(new Uri(service.Address, address))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound).Or.EqualTo(HttpStatusCode.BadRequest), address);
        }
    }

    [TestCase("../../../buiten.jpg", "buiten.jpg")]
    [TestCase("C:\\Windows\\buiten.jpg", "buiten.jpg")]
    [TestCase("/etc/buiten.jpg", "buiten.jpg")]
    public async Task V5_3_2_The_name_of_an_upload_is_no_path(string sent, string kept)
    {
        var detail = await DecidedAsync(sent, await File.ReadAllBytesAsync(Repository.Sample(Photos.Nobody)));
        Assert.That((string)detail["submission"]!["fileName"]!, Is.EqualTo(kept));
        Assert.That(StoredFiles.Of(service), Has.All.Match(@"^([0-9a-f]{2}/[0-9a-f]{64}|incoming/[0-9a-f]{32}-\d+\.partial)$"), "nothing but hashes, and what is being written at this moment");
    }

    [Test]
    public async Task V5_3_3_Paths_within_a_zip_are_not_followed()
    {
        var name = $"../../../{Guid.NewGuid():N}/pupils.csv";
        using var answer = await client.PostAsync(Imports + "?preview=true", Bytes(RegisterApiTests.Zip([(name, "key,first_name,prefix,surname,group\n1,Bo,,Zandberg,Groep 1\n"u8.ToArray())]), "application/zip"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Directory.Exists(Path.GetFullPath(Path.Combine(Path.GetTempPath(), "publication-gate-import-x/files", name, ".."))), Is.False);
        Assert.That(() => Directory.EnumerateDirectories(Path.GetTempPath(), "publication-gate-import-*"), Is.Empty.After(5_000, 100));
    }

    [Test]
    public async Task V5_4_1_Downloads_have_a_name_of_the_gates_own()
    {
        var detail = await client.SubmitAsync(Photos.Nobody, Nobody);
        foreach (var part in new[] { "overlay", "preview", "copy" })
        {
            using var answer = await client.GetAsync($"{All}/{detail.Id()}/{part}?filename=evil.html");
            Assert.That(answer.Content.Headers.ContentDisposition!.FileName, Is.EqualTo($"{detail["submission"]!["sha256"]}.jpg"));
            Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        }
    }

    [Test]
    public async Task V5_4_2_The_name_of_an_upload_never_reaches_a_header()
    {
        var detail = await DecidedAsync("a\";filename=b.html;x=\"é\u202Egpj.jpg", await File.ReadAllBytesAsync(Repository.Sample(Photos.Nobody)));
        Assert.That((string)detail["submission"]!["fileName"]!, Does.Not.Contain('\u202E'), "signs that turn the order of others");
        using var answer = await client.GetAsync($"{All}/{detail.Id()}/copy");
        Assert.That(answer.Content.Headers.GetValues("Content-Disposition").Single(), Does.Match("^attachment; filename=\"[0-9a-f]{64}\\.jpg\"$"));
    }

    [Test]
    public async Task V5_4_3_Nothing_of_the_file_itself_is_passed_on()
    {
        // The test file of virus scanners, in two halves so that none takes this one for it.
        var eicar = Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");
        byte[] infected = [.. await File.ReadAllBytesAsync(Repository.Sample(Photos.Nobody)), .. eicar];
        var detail = await DecidedAsync("besmet.jpg", infected);
        foreach (var part in new[] { "overlay", "preview", "copy", "facts" })
        {
            using var answer = await client.GetAsync($"{All}/{detail.Id()}/{part}");
            Assert.That((await answer.Content.ReadAsByteArrayAsync()).AsSpan().IndexOf(eicar), Is.EqualTo(-1), part);
        }
    }

    private async Task<JsonObject> DecidedAsync(string name, byte[] content)
    {
        using var body = Bytes(content);
        body.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name };
        using var answer = await client.PostAsync(All + "?people=none&activity=Atelier&origin=staff&situation=general", body);
        Assert.That((int)answer.StatusCode, Is.AnyOf(201, 202), () => answer.Content.ReadAsStringAsync().Result);
        return await client.DecidedAsync(answer.Headers.Location!.ToString());
    }

    // A header that promises pixels, and next to none of them.
    private static byte[] PngOf(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", [0x78, 0x9C, 3, 0, 0, 0, 0, 1]), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32(named));
        return [.. length, .. named, .. sum];
    }

    private static uint Crc32(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
            }
        }

        return ~sum;
    }

    // Begins like a JPEG and goes on for so many bytes.
    private sealed class EndlessPhoto(long length, bool isLengthKnown) : MemoryStream
    {
        private long at;

        public override bool CanSeek => isLengthKnown;

        public override long Length => length;

        public override long Position { get => at; set => at = value; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, length - at);
            buffer.Span[..count].Clear();
            if (at == 0 && count > 3)
            {
                (buffer.Span[0], buffer.Span[1], buffer.Span[2]) = (0xFF, 0xD8, 0xFF);
            }

            at += count;
            return ValueTask.FromResult(count);
        }

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var buffer = new byte[64 * 1024];
            int count;
            while ((count = await ReadAsync(buffer, cancellationToken)) > 0)
            {
                await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
    }
}
