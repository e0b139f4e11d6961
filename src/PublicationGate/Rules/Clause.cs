using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicationGate.Rules;

/// <summary>How a clause of the protocol is carried out.</summary>
public enum ClauseKind
{
    /// <summary>Decided by the gate for each photo.</summary>
    Rule,

    /// <summary>A recorded task with a due date and a state.</summary>
    Flow,

    /// <summary>Said to a person at the moment it matters.</summary>
    Notice,
}

/// <summary>One clause of a social-media protocol, as this gate understands it. The texts are the gate's own, not those of any school's document.</summary>
/// <param name="Id">Id that findings name, such as P4.</param>
/// <param name="Kinds">How it is carried out; most clauses in one way, some in two.</param>
/// <param name="Asks">What it asks, in a sentence; a school may put its own in its protocol file.</param>
/// <param name="Gate">What the gate does about it.</param>
public sealed record Clause(string Id, IReadOnlyList<ClauseKind> Kinds, Text Asks, Text Gate)
{
    /// <summary>For what no rule does alone: name of the test class that shows that the gate does it; null while it is planned.</summary>
    public string? Test { get; init; }

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<Clause[]> Catalogue = new(Load);

    /// <summary>Every clause, in the order of the protocol.</summary>
    public static IReadOnlyList<Clause> All => Catalogue.Value;

    /// <summary>The clause with an id.</summary>
    /// <exception cref="KeyNotFoundException">There is no such clause.</exception>
    public static Clause Of(string id) => All.FirstOrDefault(clause => clause.Id == id) ?? throw new KeyNotFoundException($"There is no clause {id}.");

    private static Clause[] Load()
    {
        using var file = typeof(Clause).Assembly.GetManifestResourceStream("Clauses.json")!;
        return JsonSerializer.Deserialize<Clause[]>(file, Options)!;
    }
}
