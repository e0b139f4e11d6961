namespace PublicationGate.Consent;

/// <summary>Who may answer for a pupil, and how to reach them. Nothing more is kept of them.</summary>
public sealed class Guardian
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>Register key of the pupil; indexed.</summary>
    public required string PupilKey { get; init; }

    /// <summary>What they are called, as <see cref="Answer.GivenBy"/> has it: it tells one guardian's answers from another's.</summary>
    public required string Name { get; set; }

    /// <summary>E-mail address; null for who gets letters on paper.</summary>
    public string? Email { get; set; }

    /// <summary>Language of their letters, <c>nl</c> or <c>en</c>.</summary>
    public required string Language { get; set; }

    /// <summary>True for the pupil, who answers from 16 on.</summary>
    public bool IsPupil { get; init; }
}
