using System.Text;

namespace PublicationGate.Intake;

/// <summary>Reads one declaration file, YAML or JSON.</summary>
public static class DeclarationReader
{
    /// <summary>Largest declaration file in bytes: 64 KiB, some thousand names.</summary>
    public const int MaximumBytes = 64 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The declaration that stands in <paramref name="content"/>, for one that comes without a file.</summary>
    /// <exception cref="InputErrorsException">It holds mistakes; all of them are listed.</exception>
    public static Declaration Parse(ReadOnlySpan<byte> content, string shownName)
    {
        var errors = new List<InputError>();
        var declared = Check(content, new(shownName, errors));
        return errors.Count == 0 ? declared.ToDeclaration() : throw new InputErrorsException([.. errors.OrderBy(error => error.Line)]);
    }

    /// <summary>The declaration that the fields of a form say, each with one value or several.</summary>
    /// <exception cref="InputErrorsException">It holds mistakes; all of them are listed, by field.</exception>
    public static Declaration OfFields(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> fields)
    {
        var errors = new List<InputError>();
        var keys = fields.Select(field => new WrittenKey(field.Key, 0, [.. field.Value.Select(value => new WrittenValue(value.ReplaceLineEndings("\n").Trim(), 0))], field.Value.Count > 1));
        var declared = new DeclarationCheck(new DeclarationMistakes("declaration", errors)).Accept(keys);
        return errors.Count == 0 ? declared.ToDeclaration() : throw new InputErrorsException(errors);
    }

    internal static DeclaredValues Read(string path, string shownPath, ICollection<InputError> errors)
    {
        var mistakes = new DeclarationMistakes(shownPath, errors);
        var start = ReadStart(path, mistakes);
        return start is null ? DeclaredValues.Nothing : Check(start, mistakes);
    }

    /// <summary>True when the file has at least one key of a declaration, mistakes or not; for files that belong to no photo.</summary>
    internal static bool LooksLikeOne(string path)
    {
        var mistakes = new DeclarationMistakes(path, []);
        return ReadStart(path, mistakes) is { Length: <= MaximumBytes } content
            && Decode(content, mistakes) is { } text
            && new DeclarationSyntax(text, mistakes).Read().Any(key => DeclarationKeys.All.Contains(key.Name));
    }

    private static DeclaredValues Check(ReadOnlySpan<byte> content, DeclarationMistakes mistakes)
    {
        if (content.Length > MaximumBytes)
        {
            mistakes.Add(0, null, "declaration.too-large", ("limit", MaximumBytes / 1024));
            return DeclaredValues.Nothing;
        }

        return Decode(content, mistakes) is { } text
            ? new DeclarationCheck(mistakes).Accept(new DeclarationSyntax(text, mistakes).Read())
            : DeclaredValues.Nothing;
    }

    /// <summary>The content, or its first bytes and one more than is allowed; null when it cannot be read.</summary>
    private static byte[]? ReadStart(string path, DeclarationMistakes mistakes)
    {
        if (FileKinds.Of(path) is not FileKind.Regular and var kind)
        {
            mistakes.Add(0, null, kind switch
            {
                FileKind.Missing => "intake.missing",
                FileKind.Link => "intake.Link",
                FileKind.Unknown => "intake.Unreadable",
                _ => "intake.NotARegularFile",
            });
            return null;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var start = new byte[MaximumBytes + 1];
            return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(0, null, "intake.Unreadable");
            return null;
        }
    }

    private static string? Decode(ReadOnlySpan<byte> content, DeclarationMistakes mistakes)
    {
        try
        {
            return Strict.GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            mistakes.Add(content[..Math.Clamp(e.Index, 0, content.Length)].Count((byte)'\n') + 1, null, "declaration.not-utf8");
            return null;
        }
    }
}
