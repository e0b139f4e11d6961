using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Duties.Destruction;

namespace PublicationGate.App.Api;

/// <summary>Certificates that recordings were destroyed, as files.</summary>
internal static class DestructionApi
{
    public static void MapDestructions(this IEndpointRouteBuilder routes) => routes.MapGet("/recordings/{id}/certificate", async (string id, GateDb db, CancellationToken gone) =>
        long.TryParse(id, out var number) && await db.Destructions.Where(row => row.RecordingId == number).Select(row => row.Certificate).SingleOrDefaultAsync(gone) is { } text
            ? Results.File(Encoding.UTF8.GetBytes(text), "application/json", DestructionCertificate.Read(text)!.FileName) : Results.NotFound());
}
