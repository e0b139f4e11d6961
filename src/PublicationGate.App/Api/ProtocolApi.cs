using PublicationGate.App.Uploads;
using PublicationGate.Consent;
using PublicationGate.Intake;
using PublicationGate.Imaging;
using PublicationGate.Rules;
using PublicationGate.Review;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Api;

/// <summary>What the gate goes by: the protocol in force, its channels, and the limits of uploads.</summary>
internal static class ProtocolApi
{
    public static void MapProtocol(this IEndpointRouteBuilder api)
    {
        api.MapGet("/protocol", (ProtocolInUse protocol) => Results.Json(ProtocolAnswer.Of(protocol.Current))).WithName("getProtocol").WithSummary("The protocol in force, clause by clause.").Produces<ProtocolAnswer>().Problems();
        api.MapGet("/channels", (ProtocolInUse protocol) => Results.Json(new ChannelsAnswer([.. Channels.All.Select(channel => ChannelAnswer.Of(channel, protocol.Current))])))
            .WithName("getChannels").WithSummary("The channels, open and shut.").Produces<ChannelsAnswer>().Problems();
        api.MapGet("/limits", (IntakeOptions intake, UploadOptions upload, ImageLimits image, SubmissionOptions submissions) => Results.Json(new LimitsAnswer(
                intake.MaximumBytes, upload.MostPhotos, upload.MostPhotosADay, submissions.MostWaiting, (int)upload.LongestWait.TotalSeconds, image.Pixels, image.Side, image.Frames, ReviewStep.LongestWords, UploadedName.Longest, UploadedName.Endings)))
            .WithName("getLimits").WithSummary("How large and how many uploads may be.").Produces<LimitsAnswer>().Problems();
    }
}

/// <summary>The protocol in force.</summary>
/// <param name="School">Name of the school.</param>
/// <param name="Version">SHA-256 of its text, which verdicts name.</param>
/// <param name="MinimumGroup">Faces of pupils that a public channel needs at least.</param>
/// <param name="Clauses">Its clauses.</param>
internal sealed record ProtocolAnswer(string School, string Version, int MinimumGroup, IReadOnlyList<ClauseAnswer> Clauses)
{
    public static ProtocolAnswer Of(Protocol protocol) => new(protocol.School, protocol.Version, protocol.MinimumGroup,
        [.. Clause.All.Select(clause => new ClauseAnswer(clause.Id, clause.Kinds, protocol.ShortTextOf(clause.Id), clause.Gate))]);
}

/// <summary>One clause.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kinds">How the gate carries it out.</param>
/// <param name="Asks">What it asks.</param>
/// <param name="Gate">What the gate does about it.</param>
internal sealed record ClauseAnswer(string Id, IReadOnlyList<ClauseKind> Kinds, Text Asks, Text Gate);

/// <summary>All channels.</summary>
/// <param name="Channels">The channels, in the order in which people see them.</param>
internal sealed record ChannelsAnswer(IReadOnlyList<ChannelAnswer> Channels);

/// <summary>One channel.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="IsOpen">The school opened it.</param>
/// <param name="IsPublic">Anyone can see it.</param>
/// <param name="Kinds">Kinds of media that may be posted there.</param>
/// <param name="MinimumGroup">Pupils that a photo must show at least; 0 for any number.</param>
/// <param name="AllowsPortraits">A pupil may be shown alone, with permission.</param>
/// <param name="Names">Names that its texts may hold.</param>
internal sealed record ChannelAnswer(string Id, Text Name, bool IsOpen, bool IsPublic, IReadOnlyList<MediaKind> Kinds, int MinimumGroup, bool AllowsPortraits, NamesAllowed Names)
{
    public static ChannelAnswer Of(string channel, Protocol protocol)
    {
        var terms = protocol.TermsOf(channel);
        return new(channel, Texts.ChannelName(channel), terms.IsOpen, terms.IsPublic, terms.Kinds, protocol.MinimumGroupOn(channel), terms.AllowsPortraits, terms.Names);
    }
}

/// <summary>How large and how many uploads may be.</summary>
/// <param name="PhotoBytes">Bytes of a photo.</param>
/// <param name="Photos">Photos in one upload.</param>
/// <param name="PhotosADay">Photos of one account in 24 hours.</param>
/// <param name="Waiting">Photos that may wait for their verdict before uploads are refused.</param>
/// <param name="SecondsToDecision">How long one photo is waited for.</param>
/// <param name="Pixels">Pixels of a picture, over all frames; one with more is held.</param>
/// <param name="Side">Pixels along a side; one with more is held.</param>
/// <param name="Frames">Frames or pages; one with more is held.</param>
/// <param name="Words">Characters of a ground, a question or an answer.</param>
/// <param name="NameLength">Characters of a file's name.</param>
/// <param name="NameEndings">Endings of file names.</param>
internal sealed record LimitsAnswer(
    int PhotoBytes, int Photos, int PhotosADay, int Waiting, int SecondsToDecision, long Pixels, int Side, int Frames, int Words, int NameLength, IReadOnlyList<string> NameEndings);
