using PublicationGate.Consent;

namespace PublicationGate.App.Output;

/// <summary>The words that register files use, for showing answers as they would be written there.</summary>
internal static class AnswerWords
{
#pragma warning disable CA1308 // Register files have lower-case words.
    public static string Of(Enum value) => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    public static string OfAnswer(bool isYes) => isYes ? "yes" : "no";

    /// <summary>A state in words; where there is silence for a reason, the reason.</summary>
    public static string Of(ConsentState state, SilenceCause? cause, string language) =>
        Texts.Get(cause is null or SilenceCause.NeverAnswered ? "consent-state." + state : "consent-cause." + cause).In(language);
}
