using Microsoft.AspNetCore.Http.Features;
using PublicationGate.App.Uploads;
using PublicationGate.Consent;

namespace PublicationGate.App.Api;

/// <summary>Takes in a register: a zip with the CSV files of a register folder, or an EDEXML file, as the body of a request.</summary>
internal static class RegisterUpload
{
    public static async Task<IResult> ImportAsync(HttpContext context, bool? preview, ConsentRegister register, TimeProvider time, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(context, time.Today(), cancellationToken);
        var changes = preview == true ? await register.PreviewAsync(content, cancellationToken) : (await register.ImportAsync(content, expected: null, context.Account().Id, cancellationToken))!;
        return Results.Json(ImportAnswer.Of(changes, preview == true));
    }

    /// <summary>Reads the register of a request's body; nothing of it is left on disk.</summary>
    /// <exception cref="UploadRefusedException">It is none.</exception>
    /// <exception cref="Intake.InputErrorsException">It holds mistakes.</exception>
    private static async Task<RegisterContent> ReadAsync(HttpContext context, DateOnly today, CancellationToken cancellationToken)
    {
        if (context.Request.Headers.ContentEncoding.Count > 0 && context.Request.Headers.ContentEncoding != "identity")
        {
            throw new UploadRefusedException(StatusCodes.Status415UnsupportedMediaType, "packed");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = UploadedRegister.MostBytes;
        }

        // A zip is read from its end: it must be on disk, in a folder that is its owner's alone.
        var folder = Directory.CreateTempSubdirectory("publication-gate-import-");
        var isZip = false;
        try
        {
            await using var body = new FileStream(Path.Combine(folder.FullName, "body"), FileMode.CreateNew, FileAccess.ReadWrite);
            await context.Request.Body.CopyToAsync(body, cancellationToken);
            body.Position = 0;
            isZip = body.ReadByte() == 'P' && body.ReadByte() == 'K';
            body.Position = 0;
            return await UploadedRegister.ReadAsync([new(isZip ? "register.zip" : "register.xml", body)], today, cancellationToken);
        }
        catch (RegisterFileRefusedException refused) when (isZip)
        {
            throw Refused(refused.Fault);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static UploadRefusedException Refused(RegisterFileFault fault) => fault switch
    {
        RegisterFileFault.BrokenZip => new(StatusCodes.Status400BadRequest, "broken-zip"),
        RegisterFileFault.TooLarge or RegisterFileFault.TooMany => new(StatusCodes.Status413PayloadTooLarge, "zip-too-large", ("megabytes", EdexFile.MaxMegabytes), ("files", UploadedRegister.MostEntries)),
        _ => new(StatusCodes.Status415UnsupportedMediaType, "zip-other-files", ("names", string.Join(", ", UploadedRegister.Tables))),
    };
}
