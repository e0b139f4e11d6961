using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PublicationGate.App.Access;
using PublicationGate.Intake;

namespace PublicationGate.App.Uploads;

/// <summary>A photo whose bytes are in the store, of which nothing else is kept yet.</summary>
internal sealed record UploadedPhoto(string FileName, StoredContent Content);

/// <summary>What one upload brought.</summary>
/// <param name="Photos">The photos; at least one.</param>
/// <param name="Declaration">What is declared of all of them.</param>
internal sealed record Upload(IReadOnlyList<UploadedPhoto> Photos, Declaration Declaration);

/// <summary>Reads an upload while it comes in, each photo straight into the store: no part of it stands in memory as a whole, or in a temporary file.</summary>
internal sealed class UploadReader(IContentStore store, IntakeOptions intake, UploadOptions options, IAntiforgery forgery)
{
    // Far more than a photo's part needs, far less than would cost anything.
    private const int MostHeaders = 8;
    private const int LongestHeaders = 4096;
    private const int LongestBoundary = 70;
    private const int MostFields = 1000;
    private const string Photo = "photo";
    private const string Declaration = "declaration";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads the upload of a request.</summary>
    /// <param name="context">The request: <c>multipart/form-data</c>, or a photo as its body.</param>
    /// <param name="isForm">It is a form of a page, whose token is its first field; false where the token stood in a header, or a key was brought.</param>
    /// <param name="kept">Gets each photo when it is in the store, so that the caller can take it out again.</param>
    /// <exception cref="UploadRefusedException">It cannot be taken in.</exception>
    /// <exception cref="IOException">It broke off.</exception>
    public async Task<Upload> ReadAsync(HttpContext context, bool isForm, Action<UploadedPhoto> kept)
    {
        var request = context.Request;
        Limit(context);
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
        {
            throw new UploadRefusedException(StatusCodes.Status415UnsupportedMediaType, "packed");
        }

        var isTyped = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        if (isTyped && type!.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await ReadPartsAsync(context, HeaderUtilities.RemoveQuotes(type.Boundary), isForm, kept);
        }

        if (isForm || !isTyped || !(type!.Type.Equals("image", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)))
        {
            throw new UploadRefusedException(StatusCodes.Status415UnsupportedMediaType, "upload-type");
        }

        var declaration = DeclarationOf(request.Query.Select(pair => KeyValuePair.Create(pair.Key, (IReadOnlyList<string>)[.. pair.Value.Select(value => value ?? "")])));
        var disposition = ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var written) ? written : null;
        if (request.ContentLength > intake.MaximumBytes)
        {
            throw new UploadRefusedException(StatusCodes.Status413PayloadTooLarge, "photo-too-large", ("limit", intake.MaximumBytes >> 20));
        }

        var photo = await KeepAsync(NameOf(disposition), request.Body, context.RequestAborted);
        kept(photo);
        return new Upload([photo], declaration);
    }

    private void Limit(HttpContext context)
    {
        // Kestrel's own limit is for whole requests; each photo has its own.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = ((long)options.MostPhotos * (intake.MaximumBytes + LongestHeaders)) + DeclarationReader.MaximumBytes + (1 << 20);
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate(options.SlowestBytesASecond, options.Grace);
        }
    }

    private async Task<Upload> ReadPartsAsync(HttpContext context, Microsoft.Extensions.Primitives.StringSegment boundary, bool isForm, Action<UploadedPhoto> kept)
    {
        if (boundary.Length is 0 or > LongestBoundary)
        {
            throw new UploadRefusedException(StatusCodes.Status400BadRequest, "broken-upload");
        }

        var reader = new MultipartReader(boundary.Value!, context.Request.Body) { HeadersCountLimit = MostHeaders, HeadersLengthLimit = LongestHeaders };
        var (photos, fields, isChecked) = (new List<UploadedPhoto>(), new UploadFields(), !isForm);
        while (await NextAsync(reader, context.RequestAborted) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase) || IsPacked(part))
            {
                throw new UploadRefusedException(StatusCodes.Status400BadRequest, "broken-upload");
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (!isChecked)
            {
                isChecked = await IsOwnFormAsync(context, name, part);
            }
            else if (name == Photo)
            {
                // A browser sends a file field in which nobody chose a file with an empty name.
                if (!isForm || HeaderUtilities.RemoveQuotes(disposition.FileName).Length > 0)
                {
                    await AddAsync(photos, NameOf(disposition), part, kept, context.RequestAborted);
                }
            }
            else
            {
                fields.Add(name, await TextOfAsync(part, fields.Left, name, context.RequestAborted), MostFields);
            }
        }

        return photos.Count == 0 ? throw UploadRefusedException.Field(Photo, "upload.no-photo") : new Upload(photos, fields.Declared is { } whole ? Parse(whole) : DeclarationOf(fields.All));
    }

    private async Task AddAsync(List<UploadedPhoto> photos, string name, MultipartSection part, Action<UploadedPhoto> kept, CancellationToken cancellationToken)
    {
        if (photos.Count == options.MostPhotos)
        {
            throw new UploadRefusedException(StatusCodes.Status413PayloadTooLarge, "too-many-photos", ("most", options.MostPhotos));
        }

        photos.Add(await KeepAsync(name, part.Body, cancellationToken));
        kept(photos[^1]);
    }

    private async Task<UploadedPhoto> KeepAsync(string name, Stream body, CancellationToken cancellationToken)
    {
        await using var bytes = new PhotoStream(body, intake.MaximumBytes);
        var content = await OfTheSenderAsync(() => store.AddAsync(bytes, cancellationToken));
        return new UploadedPhoto(name, content);
    }

    // A page's own check would read the whole form before anything of it could be streamed.
    private async Task<bool> IsOwnFormAsync(HttpContext context, string name, MultipartSection part)
    {
        if (name == Forgery.Field)
        {
            context.Request.Headers[Forgery.Header] = await TextOfAsync(part, LongestHeaders, name, context.RequestAborted);
        }

        return name == Forgery.Field && await forgery.IsRequestValidAsync(context) ? true : throw new UploadRefusedException(StatusCodes.Status400BadRequest, "forged");
    }

    private static Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellationToken) => OfTheSenderAsync(() => reader.ReadNextSectionAsync(cancellationToken));

    // The reader's own words for what is wrong are for developers; a connection that broke has nobody left to tell.
    private static async Task<T> OfTheSenderAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (IOException failure) when ((failure as BadHttpRequestException ?? failure.InnerException) is BadHttpRequestException bad)
        {
            throw bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new UploadRefusedException(bad.StatusCode, "too-large")
                : new UploadRefusedException(bad.StatusCode, bad.StatusCode == StatusCodes.Status408RequestTimeout ? "too-slow" : "broken-upload");
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw new UploadRefusedException(StatusCodes.Status400BadRequest, "broken-upload");
        }
    }

    private static bool IsPacked(MultipartSection part) =>
        part.Headers is { } headers && (headers.ContainsKey("Content-Encoding") || (headers.TryGetValue("Content-Transfer-Encoding", out var coding) && coding != "binary" && coding != "8bit" && coding != "7bit"));

    private static string NameOf(ContentDispositionHeaderValue? disposition) => UploadedName.Of(disposition is null ? null
        : disposition.FileNameStar.HasValue ? disposition.FileNameStar.ToString()
        : HeaderUtilities.UnescapeAsQuotedString(disposition.FileName).ToString());

    private static async Task<string> TextOfAsync(MultipartSection part, int most, string field, CancellationToken cancellationToken)
    {
        var bytes = new byte[most + 1];
        var length = await OfTheSenderAsync(() => part.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).AsTask());
        try
        {
            return length <= most ? Strict.GetString(bytes, 0, length) : throw UploadRefusedException.Field(Shown(field), "declaration.too-large", ("limit", DeclarationReader.MaximumBytes / 1024));
        }
        catch (DecoderFallbackException)
        {
            throw UploadRefusedException.Field(Shown(field), "declaration.not-utf8");
        }
    }

    private static string Shown(string field) => field == Declaration || DeclarationKeys.All.Contains(field) ? field : Declaration;

    private static Declaration Parse(string whole) => Checked(() => DeclarationReader.Parse(Encoding.UTF8.GetBytes(whole), Declaration));

    private static Declaration DeclarationOf(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> fields) =>
        fields.ToList() is [{ Key: Declaration, Value: [var whole] }] ? Parse(whole) : Checked(() => DeclarationReader.OfFields(fields));

    private static Declaration Checked(Func<Declaration> read)
    {
        try
        {
            return read();
        }
        catch (InputErrorsException wrong)
        {
            throw new UploadRefusedException(StatusCodes.Status400BadRequest, "wrong-fields")
            {
                Errors = wrong.Errors.GroupBy(error => error.Key ?? Declaration).ToDictionary(same => same.Key, same => (IReadOnlyList<Text>)[.. same.Select(error => error.Reason)]),
            };
        }
    }
}
