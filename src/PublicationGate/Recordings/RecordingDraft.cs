using PublicationGate.Intake;

namespace PublicationGate.Recordings;

/// <summary>What a person says of a recording that is to be registered.</summary>
/// <param name="Purpose">What it was made for.</param>
/// <param name="PupilKey">Register key of the pupil that it is to help; null for training.</param>
/// <param name="MadeBy">Who made it; null when nobody says.</param>
/// <param name="NoticeOn">The day on which the parents were told.</param>
/// <param name="DestroyBy">The last day on which it may exist.</param>
public sealed record RecordingDraft(RecordingPurpose Purpose, string? PupilKey, string? MadeBy, DateOnly NoticeOn, DateOnly DestroyBy)
{
    // More is no note but a file of its own.
    private const int LongestWords = 500;

    /// <summary>How the parents were told; null when nobody says.</summary>
    public string? NoticeHow { get; init; }

    /// <summary>Where the recording lies.</summary>
    public RecordingPlace Place { get; init; } = RecordingPlace.Elsewhere;

    /// <summary>Its full path, or in words where it is; null when the gate keeps it, or nobody says.</summary>
    public string? Location { get; init; }

    /// <summary>What is wrong with it on the day of registration, each with the option concerned.</summary>
    public IEnumerable<InputError> Mistakes(string file, DateOnly today)
    {
        if (NoticeOn > today)
        {
            yield return new InputError(file, 0, "--notice", Texts.Get("recording.notice-late", ("date", Written(NoticeOn))));
        }

        if (DestroyBy < today)
        {
            yield return new InputError(file, 0, "--destroy-by", Texts.Get("recording.destroy-by-past", ("date", Written(DestroyBy))));
        }

        if (Purpose == RecordingPurpose.PupilHelp && PupilKey is null)
        {
            yield return new InputError(file, 0, "--pupil", Texts.Get("recording.pupil-missing"));
        }

        if (Purpose == RecordingPurpose.Training && PupilKey is not null)
        {
            yield return new InputError(file, 0, "--pupil", Texts.Get("recording.pupil-unwanted"));
        }

        foreach (var (option, words) in new[] { ("--made-by", MadeBy), ("--notice-how", NoticeHow), ("--place", Place == RecordingPlace.File ? null : Location) })
        {
            if (words is { Length: > LongestWords })
            {
                yield return new InputError(file, 0, option, Texts.Get("recording.long-words", ("most", LongestWords)));
            }
        }
    }

    internal static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
