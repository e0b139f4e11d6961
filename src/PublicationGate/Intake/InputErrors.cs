namespace PublicationGate.Intake;

/// <summary>One mistake in a file that a person wrote, at the place where it can be mended.</summary>
/// <param name="File">Path of the file as the person gave it.</param>
/// <param name="Line">Line number from 1; 0 when the mistake is the file as a whole.</param>
/// <param name="Key">Name of the key or column concerned; null when there is none.</param>
/// <param name="Reason">What is wrong and what to do.</param>
/// <param name="Column">Character in the line from 1; 0 when it is not known.</param>
public sealed record InputError(string File, int Line, string? Key, Text Reason, int Column = 0)
{
    /// <summary>The mistake on one line: <c>file:line:column: key: reason</c>, as compilers write it.</summary>
    public string In(string language) =>
        Printable.Of(File) + (Line > 0 ? $":{Line}" + (Column > 0 ? $":{Column}" : "") : "") + ": " + (Key is null ? "" : Key + ": ") + Reason.In(language);
}

/// <summary>A declaration, protocol or register holds mistakes; all of them are listed and nothing of it was used.</summary>
public class InputErrorsException(IReadOnlyList<InputError> errors)
    : Exception($"{errors.Count} input error(s), first in {errors[0].File}:{errors[0].Line}")
{
    /// <summary>All mistakes found, in reading order; at least one.</summary>
    public IReadOnlyList<InputError> Errors { get; } = errors;
}
