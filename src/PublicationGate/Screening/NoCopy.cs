namespace PublicationGate.Screening;

/// <summary>Why an approved photo has no copy that may leave: such a photo is held. Kept in <see cref="QueueItem.Failure"/>.</summary>
public static class NoCopy
{
    /// <summary>None can be made.</summary>
    public const string NotMade = "no clean copy";

    /// <summary>Somebody in it would still be recognisable.</summary>
    public const string StillShows = "copy still shows";

    /// <summary>With people concealed it was screened anew, and not approved.</summary>
    public const string NotApproved = "copy not approved";

    /// <summary>What people read; null for any other failure.</summary>
    public static Text? ReasonOf(string? failure) => failure switch
    {
        NotMade => Texts.Get("unknown.copy.not-made"),
        StillShows => Texts.Get("unknown.copy.still-shows"),
        NotApproved => Texts.Get("unknown.copy.not-approved"),
        _ => null,
    };
}
