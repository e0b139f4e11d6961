using System.Text;
using PublicationGate.App.Service;
using PublicationGate.Data;
using PublicationGate.Publishing.Certificates;

namespace PublicationGate.App.Api;

/// <summary>Certificates of releases: each for those who published it; keys and revoked ones for everybody, at addresses that are the same at every gate.</summary>
internal static class CertificateApi
{
    /// <summary>Where the public keys are.</summary>
    public const string Keys = "/.well-known/publication-gate/keys.json";

    /// <summary>Where the list of revoked certificates is.</summary>
    public const string Revoked = "/.well-known/publication-gate/revoked.json";

    /// <summary>The certificate of one release.</summary>
    public const string OfRelease = "/published/{id}/certificate";

    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        // Not kept by anybody on the way: a certificate is revoked within the second.
        routes.MapGet(Keys, async (GateDb db, CancellationToken gone) => Json(PublicJwk.WriteSet(await CertificateSigner.KeysAsync(db, gone)), "application/jwk-set+json")).RequireRateLimiting(RateLimits.WellKnown);
        routes.MapGet(Revoked, async (GateDb db, CertificateSigner signer, CancellationToken gone) => Json((await signer.RevokedAsync(db, gone)).Write(), "application/json")).RequireRateLimiting(RateLimits.WellKnown);
        routes.MapGet(OfRelease, async (string id, GateDb db, CancellationToken gone) => await CertificateOfRelease.FindAsync(db, id, gone) is { Text: { } text } found
            ? Results.File(Encoding.UTF8.GetBytes(text), "application/json", found.FileName) : Results.NotFound());
    }

    private static IResult Json(string text, string type) => Results.Bytes(Encoding.UTF8.GetBytes(text), type);
}
