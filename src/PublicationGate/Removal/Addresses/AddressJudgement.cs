using System.Net;
using System.Text;
using PublicationGate.Intake;

namespace PublicationGate.Removal.Addresses;

/// <summary>What one look says of an address.</summary>
/// <param name="State">What is known now; <see cref="AddressState.Missing"/> where nothing of the picture is there.</param>
/// <param name="Answer">What was met, a word.</param>
internal sealed record AddressJudgement(AddressState State, string Answer)
{
    private const int Beginning = 1024;
    private static readonly string[] OfPages = ["text/html", "application/xhtml+xml"];
    private static readonly string[] WithoutPictures = ["text/plain", "application/json"];

    /// <summary>Something else is there with status 200: what sites also give for a while, or to those that they do not know, such as a placeholder. It takes a later look to be sure.</summary>
    public bool IsSomethingElse { get; init; }

    /// <summary>When the receiver wants to be asked again; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What an answer says.</summary>
    /// <param name="met">The answer.</param>
    /// <param name="mayBeElse">The picture itself was at this address: by its output's word, or since the gate saw it there. Something else there then means that it is gone.</param>
    /// <param name="pictures">Addresses of the picture, to be looked for in a page.</param>
    /// <param name="compare">Holds a file against the picture.</param>
    public static async Task<AddressJudgement> OfAsync(MetAnswer met, bool mayBeElse, IReadOnlyCollection<string> pictures, Func<ReadOnlyMemory<byte>, Task<Shown>> compare) => met switch
    {
        { Failure: { } failure } => new(AddressState.NoAnswer, failure),
        { Status: HttpStatusCode.NotFound or HttpStatusCode.Gone } => new(AddressState.Missing, $"http-{(int)met.Status}"),
        // Shut out, or broken, or busy: it may be there for everybody else.
        { Status: not HttpStatusCode.OK } => new(AddressState.NoAnswer, $"http-{(int)met.Status!}") { RetryAfter = met.RetryAfter },
        _ when IsPage(met) => new(AddressState.Unclear, Names(met.Body.Span, pictures) ? "page-names-it" : "page"),
        _ when ImageSignature.Recognise(met.Body.Span) == ImageFormat.Unknown => mayBeElse && WithoutPictures.Contains(met.MediaType) ? new(AddressState.Missing, "text") { IsSomethingElse = true } : new(AddressState.Unclear, "file"),
        _ => await compare(met.Body) switch
        {
            Shown.Picture => new(AddressState.Visible, "picture"),
            Shown.SomethingElse => new(mayBeElse ? AddressState.Missing : AddressState.Unclear, "other-picture") { IsSomethingElse = true },
            _ => new(AddressState.Unclear, "file"),
        },
    };

    // By what it says and by how it begins: a picture that is said to be a page is still a picture.
    private static bool IsPage(MetAnswer met)
    {
        if (ImageSignature.Recognise(met.Body.Span) != ImageFormat.Unknown)
        {
            return false;
        }

        var start = Encoding.UTF8.GetString(met.Body.Span[..Math.Min(Beginning, met.Body.Length)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return OfPages.Contains(met.MediaType) || start.StartsWith('<');
    }

    // With the host or without it; sites leave it out.
    private static bool Names(ReadOnlySpan<byte> page, IReadOnlyCollection<string> pictures)
    {
        var text = WebUtility.HtmlDecode(Encoding.UTF8.GetString(page)).Replace("\\/", "/", StringComparison.Ordinal);
        return pictures.Any(picture => text.Contains(new Uri(picture).AbsolutePath, StringComparison.OrdinalIgnoreCase));
    }
}
