using PublicationGate.Accounts;
using PublicationGate.App.Access;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Submissions;

namespace PublicationGate.App.Api;

/// <summary><c>/published/zip?album=ID</c>: the released photos of an album with their texts, to post by hand.</summary>
internal static class PublishedZipApi
{
    // These see what others submitted.
    private const Roles SeeAll = Roles.WebsiteManager | Roles.Head | Roles.Reviewer | Roles.Administrator;

    public static void MapPublishedZip(this IEndpointRouteBuilder routes) => routes.MapGet("/published/zip", async (string? album, HttpContext context, AlbumZip zips, ViewsOnRecord views, CancellationToken cancellationToken) =>
    {
        var account = context.Features.Get<Visitor>()!.Account;
        // To a file first: a photo that cannot be had must not leave half a zip file with somebody. Gone when it is closed.
        var zip = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        try
        {
            if (await zips.WriteAsync(zip, album ?? "", new Viewer(account.Id, (account.Roles & SeeAll) != 0), cancellationToken) == 0)
            {
                await zip.DisposeAsync();
                return Results.NotFound();
            }

            await views.DownloadAsync(account, album!, cancellationToken);
            zip.Position = 0;
            return Results.Stream(zip, "application/zip", $"album-{album}.zip");
        }
        catch (Exception failure)
        {
            await zip.DisposeAsync();
            if (failure is not ContentStoreException)
            {
                throw;
            }

            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    });
}
