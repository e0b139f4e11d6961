namespace PublicationGate.Intake;

/// <summary>One mistake in a file that a person wrote, at the place where it can be mended.</summary>
/// <param name="File">Path of the file as the person gave it.</param>
/// <param name="Line">Line number from 1; 0 when the mistake is the file as a whole.</param>
/// <param name="Column">Name of the key or column concerned; null when there is none.</param>
/// <param name="Reason">What is wrong and what to do.</param>
public sealed record InputError(string File, int Line, string? Column, Text Reason)
{
    /// <summary>Place in the line, in characters from 1; 0 where the name of the key or column tells the place.</summary>
    public int Position { get; init; }

    /// <summary>The mistake on one line: <c>file:line:position: key: reason</c>, as editors and terminals jump to it.</summary>
    public string In(string language) =>
        Printable.Of(File) + (Line > 0 ? $":{Line}" : "") + (Line > 0 && Position > 0 ? $":{Position}" : "") + ": " + (Column is null ? "" : Column + ": ") + Reason.In(language);
}

/// <summary>A declaration, protocol or register holds mistakes; all of them are listed and nothing of it was used.</summary>
public sealed class InputErrorsException(IReadOnlyList<InputError> errors)
    : Exception($"{errors.Count} input error(s), first in {errors[0].File}:{errors[0].Line}")
{
    /// <summary>All mistakes found, in reading order; at least one.</summary>
    public IReadOnlyList<InputError> Errors { get; } = errors;
}
