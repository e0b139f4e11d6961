using PublicationGate.Intake;

namespace PublicationGate.Rules;

/// <summary>Collects what is wrong with a protocol file.</summary>
/// <param name="file">The name that mistakes give.</param>
internal sealed class ProtocolMistakes(string file)
{
    private readonly List<InputError> all = [];

    /// <summary>The mistakes in reading order.</summary>
    public IReadOnlyList<InputError> All => [.. all.OrderBy(error => error.Line).ThenBy(error => error.Column)];

    public void Add(int line, int position, string? key, string text, params (string Name, object Value)[] values) =>
        all.Add(new InputError(file, line, key is null ? null : Printable.Of(key), Texts.Get(text, values), position));
}
