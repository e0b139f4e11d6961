using PublicationGate.Consent;

namespace PublicationGate.Rounds;

/// <summary>What the round says that a photo was declared under, as things were at the moment of looking.</summary>
public sealed record RoundFacts
{
    /// <summary>False when the rounds could not be asked; nothing may approve then.</summary>
    public bool Known { get; init; } = true;

    /// <summary>The round that is declared; null where none is, or none has that number.</summary>
    public SeenRound? Round { get; init; }

    /// <summary>The pupils of the photo, by key: what their parents came to in the round.</summary>
    public IReadOnlyList<PupilInRound> Pupils { get; init; } = [];

    /// <summary>What was answered about a pupil; null where nobody was asked.</summary>
    public ConsentState? AnswerOf(string pupilKey) => Pupils.FirstOrDefault(pupil => pupil.Key == pupilKey)?.Answer;

    /// <summary>The result is in, and it lets a pupil be shown alone.</summary>
    public bool AllowsAlone(string pupilKey) => Round is { State: RoundState.Closed, Scope: ConsentScope.Individual } && AnswerOf(pupilKey) == ConsentState.Yes;
}

/// <summary>A round as it was when a photo was judged.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Kind">Ask or tell.</param>
/// <param name="Scope">What a yes covers.</param>
/// <param name="State">How far it was.</param>
/// <param name="Deadline">Last day of answers.</param>
public sealed record SeenRound(long Id, string Name, string Channel, RoundKind Kind, ConsentScope Scope, RoundState State, DateOnly Deadline);

/// <summary>A pupil of a photo whom the round is about.</summary>
/// <param name="Key">Register key.</param>
/// <param name="Answer">What all answers come to.</param>
public sealed record PupilInRound(string Key, ConsentState Answer);
