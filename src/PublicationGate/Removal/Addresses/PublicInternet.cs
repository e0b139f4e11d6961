using System.Net;
using System.Net.Sockets;

namespace PublicationGate.Removal.Addresses;

/// <summary>Tells addresses of the public internet from those of this machine, of networks around it, and of no machine at all.</summary>
/// <remarks>Special-purpose addresses after RFC 6890 and the registries that it began: what is not plainly public is not.</remarks>
internal static class PublicInternet
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            // This network, private, shared by a provider, loopback, link-local (where clouds keep secrets), protocols, documentation, relays, private, measuring, documentation, multicast, reserved.
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Protocols with Teredo, documentation, 6to4 (which leads to any IPv4 address), documentation.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    // The only part of IPv6 that is given to networks of the internet.
    private static readonly IPNetwork Unicast = IPNetwork.Parse("2000::/3");

    // NAT64: an IPv4 address in the last four bytes.
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether an address is one that anybody may call.</summary>
    public static bool Has(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily == AddressFamily.InterNetworkV6 && Translated.Contains(plain))
        {
            plain = new IPAddress(plain.GetAddressBytes().AsSpan(12));
        }

        return (plain.AddressFamily == AddressFamily.InterNetwork || Unicast.Contains(plain)) && !NotPublic.Any(network => network.Contains(plain));
    }
}
