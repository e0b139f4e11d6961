using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace PublicationGate.App.Requests;

/// <summary>Tells the senders of forms apart, without keeping who they are.</summary>
/// <param name="key">A secret of the gate's own, the same after each start: limits are of a day.</param>
internal sealed class RequestSources(byte[] key)
{
    private const int Digits = 16;
    private const int Network = 8;

    /// <summary>The same for the same address; of IPv6 for the same network, of which a household has all addresses.</summary>
    public string Of(IPAddress? address)
    {
        var one = address is null ? IPAddress.None : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = one.AddressFamily == AddressFamily.InterNetworkV6 ? one.GetAddressBytes()[..Network] : one.GetAddressBytes();
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, bytes))[..Digits];
    }
}
