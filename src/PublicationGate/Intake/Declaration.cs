using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicationGate.Intake;

/// <summary>What the submitter says of a photo. A key that was not given is null: unknown, never a safe default.</summary>
public sealed record Declaration
{
    /// <summary>Channel id from <see cref="Channels.All"/>; default <c>website</c>.</summary>
    public string Channel { get; init; } = Channels.Default;

    /// <summary>The school activity that the photo shows (P1).</summary>
    public string? Activity { get; init; }

    /// <summary><c>general</c> or <c>group</c> (several children in a general situation) or <c>individual</c>.</summary>
    public string? Situation { get; init; }

    /// <summary>Title of the post.</summary>
    public string? Title { get; init; }

    /// <summary>Text that is posted with the photo.</summary>
    public string? Caption { get; init; }

    /// <summary>Text for those who cannot see the photo.</summary>
    public string? Alt { get; init; }

    /// <summary>Name of the group that is in the photo, or of the group the listed people belong to.</summary>
    public string? Group { get; init; }

    /// <summary>Register keys or names of the recognisable people; empty with <see cref="NobodyRecognisable"/>; null when not declared.</summary>
    public IReadOnlyList<string>? People { get; init; }

    /// <summary>The submitter states that nobody can be recognised (<c>people: none</c>).</summary>
    public bool NobodyRecognisable { get; init; }

    /// <summary>Register keys or names of pupils of <see cref="Group"/> that are not in the photo.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>How many adults with permission are in the photo, where only a number was given.</summary>
    public int AdultCount { get; init; }

    /// <summary>Register keys or names of adults in the photo, where names were given.</summary>
    public IReadOnlyList<string> AdultNames { get; init; } = [];

    /// <summary><c>school-camera</c>, <c>staff</c>, <c>parent</c>, <c>third-party</c> or <c>repost</c>.</summary>
    public string? Origin { get; init; }

    /// <summary>The recorded permission that the submitter refers to, in words.</summary>
    public string? Permission { get; init; }

    /// <summary>The account that it is posted from; null for the channel's only one.</summary>
    public string? Account { get; init; }

    /// <summary>Number of the round in which the parents were asked about this photo's event; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Round { get; init; }

    /// <summary>The school's logo is in the photo or its post.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Logo { get; init; }

    /// <summary>Clauses that whoever declared it confirmed, of <see cref="DeclarationKeys.Confirmable"/>; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Confirms { get; init; }

    /// <summary>True when the declaration says anything of who is in the photo.</summary>
    public bool SaysWhoIsInIt => NobodyRecognisable || People is { Count: > 0 } || Group is not null || AdultCount > 0 || AdultNames.Count > 0;

    /// <summary>SHA-256, lower-case hexadecimal, of all values in a fixed order; lists sorted, since their order says nothing. Stored with verdicts.</summary>
    [JsonIgnore]
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Values)));

    // What came later stands at the end, and only where it was said: earlier declarations keep their hash.
    private object?[] Values =>
    [
        Channel, Activity, Situation, Caption, Alt, Group, Sorted(People), NobodyRecognisable, Sorted(Absent), AdultCount, Sorted(AdultNames),
        Origin, Permission, Title, Account, .. Round is { } round ? new object?[] { round } : [], .. Logo || Confirms is { Count: > 0 } ? new object?[] { Logo, Sorted(Confirms) } : [],
    ];

    private static string[]? Sorted(IEnumerable<string>? names) => names?.Order(StringComparer.Ordinal).ToArray();
}
