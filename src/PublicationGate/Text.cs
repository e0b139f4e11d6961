namespace PublicationGate;

/// <summary>One sentence for a person, in both languages of the gate.</summary>
/// <param name="Nl">The Dutch sentence.</param>
/// <param name="En">The English sentence.</param>
public sealed record Text(string Nl, string En)
{
    /// <summary>The sentence in <paramref name="language"/>: English for <c>en</c>, else Dutch, the default.</summary>
    public string In(string language) => language == "en" ? En : Nl;
}
