using PublicationGate.Recordings;

namespace PublicationGate.Rules;

/// <summary>
/// A recording for training (V3) or to help a pupil (V4) is used for that and nothing else, after the parents were told, until the day by
/// which it is destroyed. Its lock holds for copies of it, and after it was destroyed.
/// </summary>
internal sealed class RecordingsKeepTheirPurposeRule : IRule
{
    public string Code => "recordings-keep-their-purpose";

    public IReadOnlyList<string> Clauses { get; } = ["V3", "V4"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        if (!photo.Recordings.Known)
        {
            yield return new Finding(Code, "V3", Outcome.Held, Texts.Get("recording.unknown"));
        }

        foreach (var match in photo.Recordings.Matches)
        {
            if (WhatIsWrong(match, photo.Declaration.Channel) is var (outcome, key))
            {
                yield return new Finding(Code, match.Purpose == RecordingPurpose.Training ? "V3" : "V4", outcome,
                    Texts.Get(key, ("id", match.Id), ("purpose", Texts.ChannelName(RecordingRegister.ChannelOf(match.Purpose)))));
            }
        }
    }

    private static (Outcome, string)? WhatIsWrong(RecordingMatch match, string channel)
    {
        var isOwnChannel = channel == RecordingRegister.ChannelOf(match.Purpose);
        return match switch
        {
            { By: MatchedBy.DoubtfulPicture } => isOwnChannel && !match.IsDestroyed ? null : (Outcome.Held, "recording.doubtful"),
            { IsDestroyed: true } => (Outcome.Rejected, "recording.destroyed"),
            _ when !isOwnChannel => (Outcome.Rejected, match.By == MatchedBy.Content ? "recording.other-purpose" : "recording.copy"),
            { ParentsWereTold: false } => (Outcome.Held, "recording.parents-not-told"),
            { IsOverdue: true } => (Outcome.Held, "recording.overdue"),
            _ => null,
        };
    }
}
