using System.Net;
using System.Security.Cryptography;
using System.Text;
using PublicationGate.App.Service;

namespace PublicationGate.App.Access;

/// <summary>
/// Who may read <c>/metrics</c>: who knows the token of the settings. Where none is set, programs on this machine; behind a proxy nobody, since a proxy on this
/// machine that does not say who asks would open it to all.
/// </summary>
internal sealed class Scraping(ServiceOptions options)
{
    private const string Bearer = "Bearer ";

    private readonly byte[]? sha256 = options.MetricsToken is { } token ? HashOf(token) : null;

    /// <summary>Whether a request may.</summary>
    public bool Admits(HttpContext context) => sha256 is not null
        ? context.Request.Headers.Authorization.ToString() is var given && given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(sha256, HashOf(given[Bearer.Length..].Trim()))
        : !options.IsBehindProxy && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
