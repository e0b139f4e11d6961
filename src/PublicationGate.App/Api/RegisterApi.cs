using PublicationGate.App.Access;
using PublicationGate.App.Output;
using PublicationGate.Consent;
using PublicationGate.Intake;
using PublicationGate.Screening;

namespace PublicationGate.App.Api;

/// <summary>The register: groups, pupils with their answers, and imports. Surnames and birth dates go in and do not come out.</summary>
internal static class RegisterApi
{
    private const int LongestWord = 200;

    public static void MapRegister(this IEndpointRouteBuilder api)
    {
        api.MapGet("/register/groups", GroupsAsync).WithName("getGroups").WithSummary("The groups, and how much the register holds.").Produces<RegisterCounts>().Problems();
        api.MapGet("/register/groups/{group}", GroupAsync).WithName("getGroup").WithSummary("The pupils of a group with what was answered for photographs on a channel.").Produces<GroupAnswer>().Problems(400, 404);
        api.MapGet("/register/pupils/{key}", PupilAsync).WithName("getPupil").WithSummary("A pupil with all answers ever given, oldest first.").Produces<PupilAnswer>().Problems(404);
        api.MapPost("/register/pupils/{key}/answers", AnswerAsync).WithName("answerFor").WithSummary("Appends one answer; the same one again adds nothing.")
            .Produces(StatusCodes.Status204NoContent).Problems(400, 404, 413, 415);
        api.MapPost("/register/imports", RegisterUpload.ImportAsync).WithName("importRegister").WithSummary("Brings the register up to date from a zip of CSV files, or an EDEXML file; with preview=true it only says what that would change.")
            .WithMetadata(new Microsoft.AspNetCore.Http.Metadata.AcceptsMetadata(["application/zip", "application/xml", "text/xml", "application/octet-stream"], typeof(Stream)))
            .Produces<ImportAnswer>().Problems(400, 408, 413, 415);
    }

    private static async Task<IResult> GroupsAsync(ConsentRegister register, TimeProvider time, CancellationToken cancellationToken) => Results.Json(await register.CountsAsync(time.Today(), cancellationToken));

    private static async Task<IResult> GroupAsync(HttpContext context, string group, string? channel, ConsentRegister register, ProtocolInUse protocol, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = channel ?? Channels.Default;
        if (!Channels.All.Contains(asked))
        {
            throw ApiFailures.Wrong("channel", "api.wrong-value");
        }

        // Routes leave a slash within a name as it was sent: groups are called 1/2.
        var name = group.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var pupils = await register.ConsentOfAsync(name, asked, protocol.Current.ConsentTerms(), time.GetUtcNow(), cancellationToken);
        return pupils.Count == 0 ? await context.NotFoundAsync() : Results.Json(new GroupAnswer(pupils[0].Group, asked,
            [.. pupils.Select(pupil => new PupilConsentAnswer(pupil.Key, pupil.FirstName, pupil.InGroupPhoto, pupil.InGroupPhotoCause, pupil.Individually, pupil.IndividuallyCause, pupil.Name))]));
    }

    private static async Task<IResult> PupilAsync(HttpContext context, string key, ConsentRegister register, ViewsOnRecord views, CancellationToken cancellationToken)
    {
        if (await register.HistoryAsync(key, cancellationToken) is not var (pupil, answers))
        {
            return await context.NotFoundAsync();
        }

        await views.PupilAsync(context.Account(), pupil.Key, cancellationToken);
        return Results.Json(new PupilAnswer(pupil.Key, pupil.FirstName, pupil.Group, pupil.LeftOn, [.. answers.Select(GivenAnswer.Of)]));
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, string key, NewAnswer body, ConsentRegister register, ProtocolInUse protocol, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (field, value) in new[] { ("givenBy", body.GivenBy), ("how", body.How ?? "-"), ("textVersion", body.TextVersion ?? "-") })
        {
            if (string.IsNullOrWhiteSpace(value) || value.Length > LongestWord)
            {
                throw ApiFailures.Wrong(field, "api.word", ("most", LongestWord));
            }
        }

        if (body.Channel != Answer.EveryChannel && !Channels.All.Contains(body.Channel))
        {
            throw ApiFailures.Wrong("channel", "api.wrong-value");
        }

        if (body.Date > now.Day())
        {
            throw ApiFailures.Wrong("date", "register.future-date", ("value", AnswerWords.Of(body.Date.Value)));
        }

        var isKnown = await register.AnswerAsync(
            new AnswerDraft(key, body.Channel, body.Kind, body.Scope, body.IsYes, body.GivenBy, body.By ?? AnswerBy.Guardian) { Day = body.Date, How = body.How, TextVersion = body.TextVersion }.At(now, protocol.Current.ConsentText),
            context.Account().Id,
            cancellationToken);
        return isKnown ? Results.NoContent() : await context.NotFoundAsync();
    }
}

/// <summary>A group with what was answered for a channel.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Pupils">Its pupils, by first name.</param>
internal sealed record GroupAnswer(string Group, string Channel, IReadOnlyList<PupilConsentAnswer> Pupils);

/// <summary>What was answered about photographs of a pupil on a channel.</summary>
/// <param name="Key">Register key.</param>
/// <param name="FirstName">First name.</param>
/// <param name="InGroup">Recognisable among others.</param>
/// <param name="InGroupCause">Why there is silence; null where there is none.</param>
/// <param name="Alone">Shown alone.</param>
/// <param name="AloneCause">Why there is silence; null where there is none.</param>
/// <param name="Name">Shown with the first name.</param>
internal sealed record PupilConsentAnswer(string Key, string FirstName, ConsentState InGroup, SilenceCause? InGroupCause, ConsentState Alone, SilenceCause? AloneCause, ConsentState Name);

/// <summary>A pupil with all answers.</summary>
/// <param name="Key">Register key.</param>
/// <param name="FirstName">First name.</param>
/// <param name="Group">Group name.</param>
/// <param name="LeftOn">First day on which the pupil no longer belongs to the group; null while at school.</param>
/// <param name="Answers">All answers, oldest first.</param>
internal sealed record PupilAnswer(string Key, string FirstName, string Group, DateOnly? LeftOn, IReadOnlyList<GivenAnswer> Answers);

/// <summary>An answer as it was given.</summary>
internal sealed record GivenAnswer(string Channel, MediaKind Kind, ConsentScope Scope, bool IsYes, DateOnly Date, string GivenBy, AnswerBy By, string? How, string? TextVersion, DateTimeOffset RecordedAt)
{
    public static GivenAnswer Of(Answer answer) => new(answer.Channel, answer.Kind, answer.Scope, answer.IsYes, answer.Date, answer.GivenBy, answer.By, answer.How, answer.TextVersion, answer.RecordedAt);
}

/// <summary>An answer to append.</summary>
/// <param name="Channel">Channel id, or <c>*</c> for every channel.</param>
/// <param name="Kind">Kind of media.</param>
/// <param name="Scope">Group or individual.</param>
/// <param name="IsYes">True for yes.</param>
/// <param name="GivenBy">Who gave it.</param>
/// <param name="By">In which quality; a guardian's unless said otherwise.</param>
/// <param name="Date">The day on which it was given; null for now.</param>
/// <param name="How">How it came in.</param>
/// <param name="TextVersion">Version of the text that was agreed to or refused; null for the one in force, where it is given now.</param>
internal sealed record NewAnswer(string Channel, MediaKind Kind, ConsentScope Scope, bool IsYes, string GivenBy, AnswerBy? By = null, DateOnly? Date = null, string? How = null, string? TextVersion = null);

/// <summary>What an import changes, or would change.</summary>
/// <param name="IsPreview">Nothing was changed.</param>
/// <param name="New">Pupils that the register did not know.</param>
/// <param name="Changed">Pupils of whom something changed.</param>
/// <param name="Left">Pupils that the import no longer has.</param>
/// <param name="Unchanged">How many pupils stay as they were.</param>
/// <param name="AnswersAdded">How many answers are added.</param>
/// <param name="AnswersKnown">How many answers the register had already.</param>
internal sealed record ImportAnswer(bool IsPreview, IReadOnlyList<ImportedPupil> New, IReadOnlyList<ChangedPupil> Changed, IReadOnlyList<ImportedPupil> Left, int Unchanged, int AnswersAdded, int AnswersKnown)
{
    public static ImportAnswer Of(RegisterChanges changes, bool isPreview) => new(isPreview, [.. changes.New.Select(ImportedPupil.Of)],
        [.. changes.Changed.Select(change => new ChangedPupil(change.After.Key, change.After.FirstName, change.After.Group, change.Fields))], [.. changes.Left.Select(ImportedPupil.Of)], changes.Unchanged, changes.Answers.Count, changes.KnownAnswers);
}

/// <summary>A pupil of an import.</summary>
internal sealed record ImportedPupil(string Key, string FirstName, string Group)
{
    public static ImportedPupil Of(Pupil pupil) => new(pupil.Key, pupil.FirstName, pupil.Group);
}

/// <summary>A pupil of whom an import changes something.</summary>
/// <param name="Key">Register key.</param>
/// <param name="FirstName">First name.</param>
/// <param name="Group">Group name.</param>
/// <param name="Fields">Columns whose values differ.</param>
internal sealed record ChangedPupil(string Key, string FirstName, string Group, IReadOnlyList<string> Fields);
