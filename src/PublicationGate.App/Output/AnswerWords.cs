using System.Globalization;
using PublicationGate.Consent;

namespace PublicationGate.App.Output;

/// <summary>Answers in words: those of register files for programs, those of people for tables.</summary>
internal static class AnswerWords
{
#pragma warning disable CA1308 // Register files have lower-case words.
    /// <summary>As register files write it.</summary>
    public static string InFiles(Enum value) => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    /// <inheritdoc cref="InFiles(Enum)"/>
    public static string InFiles(bool isYes) => isYes ? "yes" : "no";

    public static string Of(MediaKind kind, ConsentScope scope, string language) =>
        $"{Texts.Get("answer.kind." + kind).In(language)} {Texts.Get("answer.scope." + scope).In(language)}";

    public static string Of(AnswerBy by, string language) => Texts.Get("answer.by." + by).In(language);

    public static string Of(PermissionSubject subject, string language) => Texts.Get("answer.subject." + subject).In(language);

    public static string Of(bool isYes, string language) => Texts.Get(isYes ? "answer.yes" : "answer.no").In(language);

    public static string OfChannel(string channel, string language) =>
        (channel == Answer.EveryChannel ? Texts.Get("answer.channel.every") : Texts.ChannelName(channel)).In(language);

    /// <summary>A state in words; where there is silence for a reason, the reason.</summary>
    public static string Of(ConsentState state, SilenceCause? cause, string language) =>
        Texts.Get(cause is null or SilenceCause.NeverAnswered ? "consent-state." + state : "consent-cause." + cause).In(language);

    /// <summary>A day as files and options write it.</summary>
    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
