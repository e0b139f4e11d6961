using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Publishing.Certificates;

/// <summary>What a certificate says, and that nothing else passes for it.</summary>
public class CertificateTests
{
    private const string Channel = "website";
    private const string Caption = "Groep 5 plant bollen – wat een dag!";

    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
#pragma warning disable NUnit1032 // One for all tests, for as long as they run: what they look at was signed by it.
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
#pragma warning restore NUnit1032
    private static readonly PublicJwk Public = PublicJwk.Of(Key);
    private static readonly byte[] Copy = [.. Enumerable.Range(0, 500).Select(i => (byte)(i * 7))];

    private static readonly Certificate Genuine = new Certificate(
        "0190aaaabbbb4cccb333000000000001", "0190aaaabbbb4cccb333000000000002", Convert.ToHexStringLower(SHA256.HashData(Copy)), Channel, Certificate.HashOfCaption(Caption), "0123456789abcdef", new string('a', 64),
        Now, Now.AddDays(365), "").SignBy(Key);

    private static readonly RevocationList NoneRevoked = new RevocationList(Now.AddDays(1), [new("0190aaaabbbb4cccb333000000000009", Now)], "").SignBy(Key);

    [Test]
    public void What_was_released_is_valid_and_the_certificate_comes_back_as_it_was_written()
    {
        Assert.That(State(), Is.EqualTo(CertificateState.Valid));
        Assert.That(Certificate.Read(Genuine.Write()), Is.EqualTo(Genuine));
        Assert.That(RevocationList.Read(NoneRevoked.Write())!.Write(), Is.EqualTo(NoneRevoked.Write()));
        Assert.That(Genuine.Write(), Does.Not.Contain(" ").And.EndsWith("}\n"));
        Assert.That(Genuine.Jws.Split('.'), Has.Length.EqualTo(3).And.ItemAt(1).Empty, "detached");
    }

    [Test]
    public void No_bit_of_copy_caption_channel_certificate_list_or_keys_may_change()
    {
        var flips = from target in Gen.Choose(0, 4) from bit in Gen.Choose(0, 1_000_000) select (target, bit);
        Prop.ForAll(flips.ToArbitrary(), flip =>
        {
            var state = flip.target switch
            {
                0 => State(copy: Flipped(Copy, flip.bit)),
                1 => State(caption: Flipped(Caption, flip.bit)),
                2 => State(channel: Flipped(Channel, flip.bit)),
                3 => State(certificate: Flipped(Genuine.Write(), flip.bit)),
                _ => State(revoked: Flipped(NoneRevoked.Write(), flip.bit)),
            };
            return state != CertificateState.Valid;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    // Each bit of the certificate once: a property looks at some.
    [Test]
    public void Every_single_bit_of_a_certificate_counts()
    {
        var bits = Encoding.UTF8.GetByteCount(Genuine.Write()) * 8;
        Assert.That(Enumerable.Range(0, bits).AsParallel().Where(bit => State(certificate: Flipped(Genuine.Write(), bit)) != CertificateState.NotGenuine), Is.Empty);
    }

    [Test]
    public void Every_single_bit_of_copy_caption_and_channel_counts()
    {
        var flipped = Enumerable.Range(0, Copy.Length * 8).Select(bit => State(copy: Flipped(Copy, bit)))
            .Concat(Enumerable.Range(0, Encoding.UTF8.GetByteCount(Caption) * 8).Select(bit => State(caption: Flipped(Caption, bit))))
            .Concat(Enumerable.Range(0, Channel.Length * 8).Select(bit => State(channel: Flipped(Channel, bit)))).ToList();
        Assert.That(flipped, Has.Count.GreaterThan(4000).And.All.EqualTo(CertificateState.DoesNotFit));
        Assert.That((State(caption: ""), State(channel: "")), Is.EqualTo((CertificateState.DoesNotFit, CertificateState.DoesNotFit)));
    }

    [Test]
    public void Another_school_s_key_makes_no_certificate_of_this_one()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = Genuine.SignBy(other);
        Assert.That(State(certificate: forged.Write()), Is.EqualTo(CertificateState.NotGenuine));
        // Under the known key's name, by the other.
        var renamed = forged with { Jws = Genuine.Jws.Split("..")[0] + ".." + forged.Jws.Split("..")[1] };
        Assert.That(State(certificate: renamed.Write()), Is.EqualTo(CertificateState.NotGenuine));
        Assert.That(State(revoked: new RevocationList(Now.AddDays(1), [], "").SignBy(other).Write()), Is.EqualTo(CertificateState.ListNotGenuine));
    }

    [TestCase("""{"alg":"none"}""")]
    [TestCase("""{"alg":"HS256"}""")]
    [TestCase("""{"alg":"ES256"}""")]
    public void No_other_header_is_believed(string header)
    {
        var jws = System.Buffers.Text.Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header)) + ".." + Genuine.Jws.Split("..")[1];
        Assert.That(State(certificate: (Genuine with { Jws = jws }).Write()), Is.EqualTo(CertificateState.NotGenuine));
    }

    [Test]
    public void A_signature_of_one_kind_of_document_is_none_of_another() =>
        Assert.That((NoneRevoked with { Jws = Genuine.Jws }).IsSignedBy([Public]), Is.False);

    [Test]
    public void A_revoked_one_says_so_also_when_it_is_over_besides()
    {
        var list = new RevocationList(Now.AddDays(1), [new(Genuine.Id, Now)], "").SignBy(Key).Write();
        Assert.That(State(revoked: list), Is.EqualTo(CertificateState.Revoked));
        Assert.That(State(revoked: list, now: Now.AddYears(3)), Is.EqualTo(CertificateState.Revoked));
    }

    [TestCase(0, CertificateState.Valid)]
    [TestCase(-1, CertificateState.Expired)]
    [TestCase(364, CertificateState.Valid)]
    [TestCase(365, CertificateState.Expired)]
    public void It_holds_for_its_time(int days, CertificateState expected) => Assert.That(State(now: Now.AddDays(days), revoked: null), Is.EqualTo(expected));

    [Test]
    public void A_list_from_before_the_certificate_says_nothing_of_it() =>
        Assert.That(State(revoked: new RevocationList(Now.AddDays(-1), [], "").SignBy(Key).Write()), Is.EqualTo(CertificateState.ListNotGenuine));

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{\"id\":1}")]
    [TestCase("geen certificaat")]
    public void What_is_no_certificate_is_not_genuine(string text)
    {
        Assert.That(State(certificate: text), Is.EqualTo(CertificateState.NotGenuine));
        Assert.That(State(revoked: text), Is.EqualTo(CertificateState.ListNotGenuine));
    }

    [Test]
    public void Keys_come_back_from_their_document_and_none_under_a_name_that_is_not_its_own()
    {
        Assert.That(PublicJwk.ReadSet(PublicJwk.WriteSet([Public])), Is.EqualTo(new[] { Public }));
        Assert.That(PublicJwk.ReadSet(PublicJwk.WriteSet([Public]).Replace(Public.KeyId, new string('A', 43), StringComparison.Ordinal)), Is.Empty);
        Assert.That(PublicJwk.ReadSet("geen sleutels"), Is.Null);
        Assert.That(PublicJwk.ReadSet("""{"keys":[{"kty":"RSA","n":"AQAB"}]}"""), Is.Empty);
    }

    // RFC 7515, appendix A.3: the public key of its example, whose thumbprint by RFC 7638 any other program gives too.
    [Test]
    public void The_thumbprint_is_that_of_the_standard() => Assert.That(
        new PublicJwk("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0").KeyId, Is.EqualTo("oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"));

    private static CertificateState State(byte[]? copy = null, string? certificate = null, string? revoked = "-", string channel = Channel, string caption = Caption, DateTimeOffset? now = null) =>
        new CertificateCheck([Public], new FixedTime(now ?? Now.AddDays(2))).StateOf(copy ?? Copy, certificate ?? Genuine.Write(), revoked is "-" ? NoneRevoked.Write() : revoked, channel, caption);

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[bit / 8 % bytes.Length] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static string Flipped(string text, int bit) => Encoding.UTF8.GetString(Flipped(Encoding.UTF8.GetBytes(text), bit));
}
