using PublicationGate.Publishing.Outputs;

namespace PublicationGate.Removal.Addresses;

/// <summary>Which addresses of the web the gate calls. What outsiders name must not lead it into the school's own network.</summary>
internal static class WebAddress
{
    private const int Longest = 2000;

    /// <summary>An address as it is kept: http or https, without a fragment; null when it is none, or carries a name and password.</summary>
    /// <remarks>Signs are left as they were given, since receivers tell <c>%2F</c> from a slash.</remarks>
    public static string? Of(string address)
    {
        var given = address.Trim();
        return given.Length <= Longest && Uri.TryCreate(given, UriKind.Absolute, out var uri) && IsWeb(uri) && uri.UserInfo.Length == 0 && uri.Host.Length > 0
            ? uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped) : null;
    }

    /// <summary>Whether it can be called by HTTP.</summary>
    public static bool IsWeb(Uri uri) => uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && HostOf(uri) is not null;

    /// <summary>The host as it is called; null for a name that cannot be one, which the framework takes for an address until it is asked for it.</summary>
    public static string? HostOf(Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>Host and port, as they tell one receiver from another.</summary>
    public static string ReceiverOf(Uri uri) => $"{HostOf(uri)}:{uri.Port}";

    /// <summary>Receivers that the school itself set, wherever they are.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="from">Who named the address. Sites can be looked at anyhow; receivers of webhooks are nobody's business but the output's.</param>
    public static HashSet<string> OwnReceivers(OutputList outputs, AddressFrom from) =>
    [
        .. outputs.Outputs.Where(output => output.Kind == OutputKind.Wordpress || (from == AddressFrom.Output && output.Kind == OutputKind.Webhook))
            .Where(output => Uri.TryCreate(output.Address, UriKind.Absolute, out var uri) && IsWeb(uri)).Select(output => ReceiverOf(new Uri(output.Address!))),
    ];
}
