using PublicationGate.Consent;
using PublicationGate.Intake;

namespace PublicationGate.Rounds;

/// <summary>What a person says of a round that is to be held.</summary>
public sealed record RoundDraft
{
    /// <summary>Longest one-line values, in characters.</summary>
    public const int LongestLine = 200;

    /// <summary>Longest text for parents, in characters: what fits on a phone in some screens.</summary>
    public const int LongestText = 4000;

    /// <summary>Most days between a reminder and the deadline.</summary>
    public const int MostReminderDays = 60;

    // A round is about one event; a question for longer belongs into the register.
    private const int MostDays = 366;

    /// <inheritdoc cref="Round.Name"/>
    public string Name { get; init; } = "";

    /// <inheritdoc cref="Round.Organisation"/>
    public string Organisation { get; init; } = "";

    /// <inheritdoc cref="Round.Channel"/>
    public string Channel { get; init; } = "";

    /// <inheritdoc cref="Round.Kind"/>
    public RoundKind Kind { get; init; }

    /// <inheritdoc cref="Round.Scope"/>
    public ConsentScope Scope { get; init; }

    /// <inheritdoc cref="Round.Question"/>
    public string Question { get; init; } = "";

    /// <inheritdoc cref="Round.Explanation"/>
    public string Explanation { get; init; } = "";

    /// <summary>Names of groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Register keys or names of other pupils.</summary>
    public IReadOnlyList<string> Pupils { get; init; } = [];

    /// <inheritdoc cref="Round.Deadline"/>
    public DateOnly? Deadline { get; init; }

    /// <inheritdoc cref="Round.ReminderDays"/>
    public long? ReminderDays { get; init; } = 3;

    /// <summary>The draft that a round came from.</summary>
    public static RoundDraft Of(Round round) => new()
    {
        Name = round.Name, Organisation = round.Organisation, Channel = round.Channel, Kind = round.Kind, Scope = round.Scope, Question = round.Question ?? "", Explanation = round.Explanation,
        Groups = Lines(round.Groups), Pupils = Lines(round.Keys), Deadline = round.Deadline, ReminderDays = round.ReminderDays,
    };

    /// <summary>The lines of a text that say anything.</summary>
    public static IReadOnlyList<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    /// <summary>What is wrong with it on the day on which it is written: field, key of the sentence, and what it names.</summary>
    public IEnumerable<(string Field, string Key, (string, object)[] Values)> Mistakes(DateOnly today)
    {
        foreach (var (field, value, most, mayBeEmpty) in new[]
        {
            ("name", Name, LongestLine, false), ("organisation", Organisation, LongestLine, false), ("question", Question, LongestLine, Kind == RoundKind.Notice), ("explanation", Explanation, LongestText, false),
        })
        {
            if (string.IsNullOrWhiteSpace(value) ? !mayBeEmpty : value.Length > most)
            {
                yield return value.Length > most ? (field, "round.mistake.long", [("most", most)]) : (field, "round.mistake.empty", []);
            }
        }

        if (!Channels.All.Contains(Channel))
        {
            yield return ("channel", "round.mistake.channel", []);
        }

        if (Groups.Count + Pupils.Count == 0)
        {
            yield return ("groups", "round.mistake.nobody", []);
        }

        if (Deadline is not { } deadline || deadline <= today || deadline > today.AddDays(MostDays))
        {
            yield return ("deadline", "round.mistake.deadline", []);
        }

        if (ReminderDays is null or < 0 or > MostReminderDays)
        {
            yield return ("reminder", "round.mistake.reminder", [("most", MostReminderDays)]);
        }
    }

    /// <summary>Fills a round with it.</summary>
    internal void Fill(Round round, IReadOnlyList<string> keys)
    {
        (round.Name, round.Organisation, round.Channel, round.Kind, round.Scope) = (Name.Trim(), Organisation.Trim(), Channel, Kind, Scope);
        (round.Question, round.Explanation) = (Question.Trim() is { Length: > 0 } question ? question : null, Explanation.Trim());
        (round.Groups, round.Keys) = (string.Join('\n', Groups), string.Join('\n', keys));
        (round.Deadline, round.ReminderDays) = (Deadline!.Value, ReminderDays!.Value);
    }
}
