using PublicationGate.Rules;
using PublicationGate.Submissions;

namespace PublicationGate.App.Reviewing;

/// <summary>Which held photos somebody looks at; it stands in the address, so that going on to the next photo keeps to it.</summary>
/// <param name="Channel">One channel; null for all.</param>
/// <param name="Album">One album; null for all.</param>
/// <param name="Days">Held for at least so many days; 0 for all.</param>
internal sealed record HeldFilter(string? Channel, string? Album, int Days)
{
    /// <summary>The choices of <see cref="Days"/>.</summary>
    public static IReadOnlyList<int> Ages { get; } = [0, 1, 3, 7, 14];

    /// <summary>The submissions of it that are held.</summary>
    public IQueryable<Submission> Of(IQueryable<Submission> submissions, DateTimeOffset now)
    {
        var held = submissions.Where(submission => submission.Outcome == Outcome.Held);
        held = Channel is { Length: > 0 } channel ? held.Where(submission => submission.Channel == channel) : held;
        held = Album is { Length: > 0 } album ? held.Where(submission => submission.AlbumId == album) : held;
        var before = now.AddDays(-Math.Clamp(Days, 0, 3650));
        return Days > 0 ? held.Where(submission => submission.SubmittedAt <= before) : held;
    }

    /// <summary>An address with this filter behind it.</summary>
    /// <param name="path">The page.</param>
    /// <param name="more">What else stands behind it.</param>
    public string At(string path, params (string Name, string? Value)[] more)
    {
        (string Name, string? Value)[] all = [("for", Channel), ("album", Album), ("days", Days > 0 ? $"{Days}" : null), .. more];
        return path + QueryString.Create(all.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => KeyValuePair.Create(one.Name, one.Value)));
    }
}
