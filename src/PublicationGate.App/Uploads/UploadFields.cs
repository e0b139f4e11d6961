using PublicationGate.Intake;

namespace PublicationGate.App.Uploads;

/// <summary>The fields of an upload beside its photos, as they come in.</summary>
internal sealed class UploadFields
{
    private readonly Dictionary<string, IReadOnlyList<string>> fields = [];
    private int count;

    /// <summary>How many more bytes they may have.</summary>
    public int Left { get; private set; } = DeclarationReader.MaximumBytes;

    /// <summary>The whole declaration in one field; null when it comes key by key.</summary>
    public string? Declared => fields.Count == 1 && fields.TryGetValue("declaration", out var whole) && whole.Count == 1 ? whole[0] : null;

    /// <summary>Each field with its values. Fields of a form that were left empty say nothing.</summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> All => fields;

    /// <summary>Adds one value.</summary>
    public void Add(string name, string value, int most)
    {
        if (++count > most)
        {
            throw new UploadRefusedException(StatusCodes.Status400BadRequest, "broken-upload");
        }

        Left -= System.Text.Encoding.UTF8.GetByteCount(value);
        if (value.Trim().Length > 0)
        {
            fields[name] = [.. fields.GetValueOrDefault(name, []), value];
        }
    }
}
