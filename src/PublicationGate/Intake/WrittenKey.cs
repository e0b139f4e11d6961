namespace PublicationGate.Intake;

/// <summary>One key of a declaration file as it stands there, before its meaning is looked at.</summary>
/// <param name="Name">The key.</param>
/// <param name="Line">Line of the key, from 1.</param>
/// <param name="Values">The value, or the values of the list.</param>
/// <param name="IsList">True when written as a list.</param>
internal sealed record WrittenKey(string Name, int Line, IReadOnlyList<WrittenValue> Values, bool IsList);

/// <summary>One value as text: nothing is guessed to be a number, a date or a yes.</summary>
/// <param name="Text">The text, trimmed; empty when nothing was written.</param>
/// <param name="Line">Line of the value, from 1.</param>
internal sealed record WrittenValue(string Text, int Line);
