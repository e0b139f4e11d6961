using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PublicationGate.App.Access;
using PublicationGate.Recordings;

namespace PublicationGate.App.Uploads;

/// <summary>What somebody sent of a recording.</summary>
/// <param name="Fields">The fields of the form.</param>
/// <param name="FileName">Name of the file; null when none was chosen.</param>
/// <param name="File">The file, which goes when this is disposed unless it is kept.</param>
internal sealed record SentRecording(IReadOnlyDictionary<string, string> Fields, string? FileName, ReceivedRecording? File) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => File?.Dispose();
}

/// <summary>Reads the form of a recording while it comes in, its file straight into the folder of recordings: no part of a film is left in a temporary file, where nobody would destroy it.</summary>
internal sealed class RecordingUpload(RecordingFiles files, IAntiforgery forgery, UploadOptions options)
{
    /// <summary>Largest file in GB: an hour or more of film as phones make it.</summary>
    public const int MostGigabytes = 4;

    private const long MostBytes = MostGigabytes * (1L << 30);
    private const int LongestField = 16 * 1024;
    private const int MostParts = 20;
    private const int LongestBoundary = 70;
    private const int LongestName = 255;

    /// <summary>Reads the form of a request, whose first field is its token.</summary>
    /// <exception cref="UploadRefusedException">It is no such form, too large, or broke off.</exception>
    /// <exception cref="IOException">The disk failed or is full.</exception>
    public async Task<SentRecording> ReadAsync(HttpContext context)
    {
        Limit(context);
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            throw Broken();
        }

        var reader = new MultipartReader(boundary.Value!, context.Request.Body);
        var fields = new Dictionary<string, string>();
        ReceivedRecording? file = null;
        string? name = null;
        try
        {
            for (var part = await reader.ReadNextSectionAsync(context.RequestAborted); part is not null; part = await reader.ReadNextSectionAsync(context.RequestAborted))
            {
                if (fields.Count == MostParts || !ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
                {
                    throw Broken();
                }

                if (!disposition.IsFileDisposition())
                {
                    fields[HeaderUtilities.RemoveQuotes(disposition.Name).ToString()] = await TextAsync(part.Body, context.RequestAborted);
                    await CheckAsync(context, fields);
                }
                else if (HeaderUtilities.RemoveQuotes(disposition.FileName).Length > 0 && file is null)
                {
                    await CheckAsync(context, fields);
                    name = NameOf(disposition);
                    file = await files.ReceiveAsync(part.Body, MostBytes, context.RequestAborted) ?? throw TooLarge();
                }
            }

            await CheckAsync(context, fields);
            return new SentRecording(fields, name, file);
        }
        catch (Exception failure) when (failure is InvalidDataException or BadHttpRequestException || failure.InnerException is BadHttpRequestException)
        {
            file?.Dispose();
            throw Broken();
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    private void Limit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes + (1 << 20);
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate(options.SlowestBytesASecond, options.Grace);
        }
    }

    // A page's own check would read the whole film before anything of it could be kept.
    private async Task CheckAsync(HttpContext context, Dictionary<string, string> fields)
    {
        if (context.Request.Headers.ContainsKey(Forgery.Header) && fields.Count > 1)
        {
            return;
        }

        context.Request.Headers[Forgery.Header] = fields.GetValueOrDefault(Forgery.Field, "");
        if (!await forgery.IsRequestValidAsync(context))
        {
            throw new UploadRefusedException(StatusCodes.Status400BadRequest, "forged");
        }
    }

    private static async Task<string> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[LongestField + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= LongestField ? Encoding.UTF8.GetString(bytes, 0, length) : throw Broken();
    }

    // A name that people see, never a path.
    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var written = disposition.FileNameStar.HasValue ? disposition.FileNameStar.ToString() : HeaderUtilities.UnescapeAsQuotedString(disposition.FileName).ToString();
        var name = Printable.Of(written.Split('/', '\\')[^1]).Trim();
        return name.Length is > 0 and <= LongestName ? name : "-";
    }

    private static UploadRefusedException Broken() => new(StatusCodes.Status400BadRequest, "broken-upload");

    private static UploadRefusedException TooLarge() => UploadRefusedException.Field("file", "recordings.too-large", ("most", MostGigabytes));
}
