using PublicationGate.Imaging.Apart;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Review;
using PublicationGate.Screening;

namespace PublicationGate.App.Reviewing;

/// <summary>Why a step of a review was not taken, for the person who took it.</summary>
internal static class StepFailure
{
    /// <summary>What happened; null for a failure that no page can tell of.</summary>
    public static Text? Of(Exception failure) => failure switch
    {
        ReviewRefusedException refused => refused.Reason,
        StillRecognisableException showing => showing.Reason,
        UnreadableVerdictException unreadable => unreadable.Reason,
        ContentStoreException store => store.Reason,
        DecoderUnavailableException => Texts.Get("review.no-decoder"),
        _ => null,
    };
}
