using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PublicationGate.Publishing.Certificates;

/// <summary>Signatures as JSON Web Signature (RFC 7515) in compact form with the payload left out (its appendix F): <c>header..signature</c>, by ES256.</summary>
public static class DetachedJws
{
    // ES256: two numbers of 32 bytes (RFC 7518, section 3.4).
    private const int SignatureBytes = 64;

    /// <summary>Signs a payload.</summary>
    /// <param name="type">What is signed, the header's <c>typ</c>, so that a signature of one kind of document is none of another.</param>
    /// <param name="payload">The bytes that the reader puts together anew.</param>
    /// <param name="key">A private key over P-256.</param>
    public static string Sign(string type, ReadOnlySpan<byte> payload, ECDsa key)
    {
        var header = Header(type, PublicJwk.Of(key).KeyId);
        return $"{header}..{Base64Url.EncodeToString(key.SignData(Signed(header, payload), HashAlgorithmName.SHA256))}";
    }

    /// <summary>
    /// Whether it is the signature of a payload by one of the keys. There is one way to write each: another header, algorithm or spelling is refused, so that no bit may change.
    /// </summary>
    public static bool IsSignedBy(string jws, string type, ReadOnlySpan<byte> payload, IEnumerable<PublicJwk> keys)
    {
        foreach (var known in keys)
        {
            var header = Header(type, known.KeyId);
            if (!jws.StartsWith(header + "..", StringComparison.Ordinal) || SignatureIn(jws[(header.Length + 2)..]) is not { } signature)
            {
                continue;
            }

            using var key = known.Open();
            return key.VerifyData(Signed(header, payload), signature, HashAlgorithmName.SHA256);
        }

        return false;
    }

    private static byte[]? SignatureIn(string text)
    {
        var signature = new byte[SignatureBytes];
        return Base64Url.IsValid(text, out var length) && length == SignatureBytes && Base64Url.TryDecodeFromChars(text, signature, out _)
            // The last letter has bits that say nothing.
            && Base64Url.EncodeToString(signature) == text ? signature : null;
    }

    private static string Header(string type, string keyId) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"ES256","kid":"{{keyId}}","typ":"{{type}}"}"""));

    private static byte[] Signed(string header, ReadOnlySpan<byte> payload) => Encoding.ASCII.GetBytes($"{header}.{Base64Url.EncodeToString(payload)}");
}
