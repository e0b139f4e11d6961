namespace PublicationGate.App.Uploads;

/// <summary>What was uploaded is not taken in, for a reason that its sender can do something about; nothing of it was kept.</summary>
/// <param name="status">The HTTP status that says so.</param>
/// <param name="code">Stable code, for programs; its sentence stands in the resource file under <c>problem.CODE</c>.</param>
/// <param name="values">What the sentence names.</param>
internal sealed class UploadRefusedException(int status, string code, params (string Name, object Value)[] values) : Exception(code)
{
    /// <summary>The HTTP status that says so.</summary>
    public int Status => status;

    /// <summary>Why, for programs.</summary>
    public string Code => Message;

    /// <summary>What the sentence of <see cref="Code"/> names.</summary>
    public (string Name, object Value)[] Values => values;

    /// <summary>Why, and what to do.</summary>
    public Text Reason => Texts.Get("problem." + Message, values);

    /// <summary>What is wrong, by the field that it is wrong in; empty where no field is.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Text>> Errors { get; init; } = new Dictionary<string, IReadOnlyList<Text>>();

    /// <summary>When to try again; null where waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>One field is wrong.</summary>
    public static UploadRefusedException Field(string field, string text, params (string Name, object Value)[] values) =>
        new(StatusCodes.Status400BadRequest, "wrong-fields") { Errors = new Dictionary<string, IReadOnlyList<Text>> { [field] = [Texts.Get(text, values)] } };
}
