namespace PublicationGate.Consent;

/// <summary>A name of the register that stands in a text.</summary>
/// <param name="Field">Which text: <c>caption</c>, <c>alt</c>, <c>activity</c> or <c>file-name</c>.</param>
/// <param name="Start">Where it starts, in characters from 0.</param>
/// <param name="Span">The words as they stand there.</param>
/// <param name="IsFullName">A first name and its surname, not a surname alone.</param>
public sealed record NameInText(string Field, int Start, string Span, bool IsFullName);
