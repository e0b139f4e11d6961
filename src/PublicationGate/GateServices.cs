using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PublicationGate.Audit;
using PublicationGate.Confirmations;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Duties.Destruction;
using PublicationGate.Duties.Incidents;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Intake;
using PublicationGate.Links;
using PublicationGate.Mailing;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Recordings;
using PublicationGate.Removal;
using PublicationGate.Removal.Addresses;
using PublicationGate.Removal.Requests;
using PublicationGate.Review;
using PublicationGate.Rounds;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.TakenBack;
using PublicationGate.Watching;
using PublicationGate.Wording;

namespace PublicationGate;

/// <summary>What one gate stands on.</summary>
/// <param name="Database">Where verdicts are kept; brought up to date already.</param>
/// <param name="RegisterDatabase">Where the register is; the same database unless this run brought its own register.</param>
/// <param name="Protocol">The protocol in force.</param>
/// <param name="Faces">Gives the face models in use when they are first needed; the container disposes them.</param>
/// <param name="Wait">How units of work outlive a database that is away.</param>
public sealed record GateSetup(GateDatabase Database, GateDatabase RegisterDatabase, Protocol Protocol, Func<FaceCounter> Faces, DatabaseWait Wait)
{
    /// <summary>
    /// False when the database is only a stand-in, since the school's could not be opened: what only that one knows, such as recordings with
    /// a purpose, is then unknown.
    /// </summary>
    public bool IsOwnDatabase { get; init; } = true;

    /// <summary>How many photos may wait.</summary>
    public SubmissionOptions Submissions { get; init; } = new();

    /// <summary>How requests for removal are treated.</summary>
    public RequestOptions Requests { get; init; } = new();

    /// <summary>Who may review what.</summary>
    public ReviewOptions Review { get; init; } = new();

    /// <summary>Where releases go by themselves.</summary>
    public OutputList Outputs { get; init; } = OutputList.None;

    /// <summary>The mail server that letters go through.</summary>
    public MailSettings Mail { get; init; } = MailSettings.None;

    /// <summary>What links in letters begin with.</summary>
    public PublicAddress PublicAddress { get; init; } = PublicAddress.Unknown;

    /// <summary>How long certificates of releases hold.</summary>
    public CertificateOptions Certificates { get; init; } = new();

    /// <summary>Opens the store of originals when it is first needed; the container disposes it. Null for a gate that works on no queue.</summary>
    public Func<Intake.ContentStore>? Originals { get; init; }

    /// <summary>Where photos are decoded apart, what to start for it; null for decoding in this process.</summary>
    public DecoderProgram? DecodeBy { get; init; }
}

/// <summary>Every registration, grouped by stage in the order in which a photo passes them.</summary>
public static class GateServices
{
    /// <summary>Adds the gate. Logging is the caller's.</summary>
    public static IServiceCollection AddPublicationGate(this IServiceCollection services, GateSetup setup)
    {
        services.TryAddSingleton(TimeProvider.System);

        // Intake
        services.AddSingleton(new IntakeOptions());
        if (setup.Originals is { } originals)
        {
            services.AddSingleton<IContentStore>(_ => originals());
        }

        // Imaging
        services.AddSingleton(new ImageLimits());
        services.AddSingleton<MetadataReader>();
        services.AddSingleton<IImageDecoder>(provider => setup.DecodeBy is { } program
            ? new ApartDecoder(program, new ImageLimits(), new ApartOptions(), provider.GetRequiredService<ILogger<ApartDecoder>>())
            : new ImageDecoder(new ImageLimits(), provider.GetRequiredService<MetadataReader>()));

        // Faces
        services.AddSingleton(_ => setup.Faces());

        // Consent
        services.AddSingleton(provider => new ConsentRegister(setup.RegisterDatabase, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ConsentLookup(
            (declaration, asOf, token) => provider.GetRequiredService<ConsentRegister>().LookUpAsync(declaration, provider.GetRequiredService<ProtocolInUse>().Current.ConsentTerms(), asOf, token), new ConsentLookupOptions(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ConsentLookup>>()));

        services.AddSingleton(provider => new GuardianRegister(setup.RegisterDatabase, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new GuardianLinks(setup.RegisterDatabase, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new LinkedAnswers(setup.RegisterDatabase, provider.GetRequiredService<ConsentRegister>(), provider.GetRequiredService<TimeProvider>()));

        // Rounds
        services.AddSingleton(provider => new RoundBook(setup.Database, provider.GetRequiredService<TimeProvider>()));
        // A register that this run brought has keys of its own, which could be those of other pupils in the school's rounds.
        services.AddSingleton(provider => new RoundLookup(
            channel => provider.GetRequiredService<ProtocolInUse>().Current.WorksByRounds(channel),
            setup.IsOwnDatabase && ReferenceEquals(setup.Database, setup.RegisterDatabase) ? provider.GetRequiredService<RoundBook>().FindAsync : (_, _, _, _) => Task.FromResult(new RoundFacts { Known = false }),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RoundLookup>>()));

        services.AddScoped<IRequestHandler<SaveRound, Round?>, SaveRoundHandler>();
        services.AddScoped<IRequestHandler<DropRound, bool>, SaveRoundHandler>();
        services.AddScoped<IRequestHandler<OpenRound, OpenedRound?>, OpenRoundHandler>();
        services.AddScoped<IRequestHandler<AnswerRound, bool>, AnswerRoundHandler>();
        services.AddScoped<IRequestHandler<RemindRound, RemindedRound?>, RemindRoundHandler>();
        services.AddScoped<IRequestHandler<PrintRound, IReadOnlyList<PrintedLink>?>, PrintRoundHandler>();
        services.AddScoped<IRequestHandler<CloseRound, bool>, CloseRoundHandler>();
        services.AddScoped<DueRounds>();

        // Wording
        services.AddSingleton<TextInspection>();

        // Recordings
        services.AddSingleton(provider => new RecordingRegister(setup.Database, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RecordingLookup(
            setup.IsOwnDatabase ? provider.GetRequiredService<RecordingRegister>().FindAsync : (_, _, _, _) => Task.FromResult(new RecordingFacts { Known = false }),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RecordingLookup>>()));

        // Taken back
        services.AddSingleton(_ => new TakenBackList(setup.Database));
        services.AddSingleton(provider => new TakenBackLookup(
            setup.IsOwnDatabase ? provider.GetRequiredService<TakenBackList>().FindAsync : (_, _, _) => Task.FromResult(new TakenBackFacts { Known = false }),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TakenBackLookup>>()));

        // Rules
        services.AddSingleton(new ProtocolInUse(setup.Protocol));
        services.AddScoped(provider => provider.GetRequiredService<ProtocolInUse>().Current);
        services.AddSingleton<RuleList>();

        // Screening
        services.AddSingleton<PhotoLooker>();
        services.AddSingleton<CopyScreening>();
        services.AddScoped<LookStore>();
        services.AddScoped<PhotoInspection>();
        services.AddScoped<VerdictStore>();
        services.AddScoped<VerdictReplay>();
        services.AddSingleton(provider => new ProtocolHistory(setup.Database, provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<IRequestHandler<ScreenSubmission, Verdict>, ScreenSubmissionHandler>();
        services.AddSingleton(new ScreeningQueueOptions());
        services.AddSingleton<GateReadiness>();
        services.AddSingleton(provider => new ScreeningQueue(setup.Database, provider.GetRequiredService<ScreeningQueueOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<QueueDecision>();
        services.AddScoped<IRequestHandler<ScreenQueuedItem, Verdict?>, ScreenQueuedItemHandler>();
        services.AddScoped<IRequestHandler<GiveUpQueuedItem, Verdict?>, GiveUpQueuedItemHandler>();
        services.AddScoped<IRequestHandler<ReplayVerdict, ReplayResult?>, ReplayVerdictHandler>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(LoggingBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TimingBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(UnitOfWorkBehaviour<,>));
        services.AddScoped<ServiceFactory>(provider => provider.GetService!);
        services.AddScoped<IMediator, Mediator>();

        // Submissions, after which come their releases
        services.AddSingleton(setup.Submissions);
        services.AddSingleton<ConfirmationBook>();
        services.AddScoped<IRequestHandler<SubmitPhoto, Submission>, SubmitPhotoHandler>();
        services.AddScoped<INotificationHandler<ItemDecided>, DecidedSubmissions>();

        // Publishing
        services.AddSingleton<ConcealedCopies>();
        services.AddSingleton(provider => new ReleaseCopies(provider.GetRequiredService<IImageDecoder>(), new(provider.GetRequiredService<ConcealedCopies>)));
        services.AddSingleton(setup.Outputs);
        services.AddSingleton<ReleaseEvents>();
        services.TryAddSingleton(new OutboxOptions());
        services.AddScoped<INotificationHandler<ReleaseWithdrawn>, WithdrawnReleases>();
        services.AddSingleton<OutboxQueue>();
        services.AddSingleton<OutboxActs>();
        services.AddSingleton<PublishedCopies>();
        services.AddSingleton(provider => new AlbumZip(setup.Database, provider.GetRequiredService<PublishedCopies>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<INotificationHandler<ItemDecided>, Releases>();
        services.AddSingleton<CopyNames>();
        services.AddSingleton<CopyMaker>();
        services.AddSingleton(setup.Certificates);

        // Review
        services.AddSingleton(setup.Review);
        services.AddScoped<IRequestHandler<ReviewSubmission, Submission?>, ReviewSubmissionHandler>();
        services.AddScoped<INotificationHandler<RefusalCarriedOver>, CarriedRefusals>();
        services.AddScoped<INotificationHandler<RoundDecided>, AwaitedRounds>();

        // Removal
        services.AddScoped<INotificationHandler<ItemDecided>, StandingReleases>();
        services.AddScoped<HiddenReleases>();
        services.AddScoped<ConsentToday>();
        services.AddScoped<WithdrawalReports>();
        services.AddScoped<IRequestHandler<TakeBackPicture, (TakenBackPicture Picture, int Hidden)>, TakeBackPictureHandler>();
        services.AddScoped<IRequestHandler<LiftPicture, TakenBackPicture?>, LiftPictureHandler>();
        services.AddScoped<IRequestHandler<EndTakeDown, Removal.TakeDown?>, EndTakeDownHandler>();
        services.TryAddSingleton(new PostedAddressOptions());
        services.AddSingleton<PostedAddresses>();
        if (setup.Originals is not null)
        {
            services.AddSingleton<AddressLooks>();
        }


        services.AddSingleton(setup.Requests);
        services.AddSingleton<ReleasedLikenesses>();
        services.AddScoped<PublishedMatches>().AddScoped<RequestHiding>().AddScoped<OpenRequests>();
        services.AddScoped<IRequestHandler<AskRemoval, (RemovalRequest Request, string Token)>, AskRemovalHandler>();
        services.AddScoped<IRequestHandler<HideForRequest, RemovalRequest?>, RequestActsHandler>();
        services.AddScoped<IRequestHandler<AnswerRequest, RemovalRequest?>, RequestActsHandler>();
        services.AddScoped<IRequestHandler<AddToRequest, RemovalRequest?>, RequestActsHandler>();
        services.AddScoped<IRequestHandler<RestoreRequest, RemovalRequest?>, RestoreRequestHandler>();
        services.AddScoped<IRequestHandler<CallFamily, bool>, CallFamilyHandler>();

        // Duties
        services.TryAddSingleton(new DestructionOptions());
        services.AddScoped<IncidentRegister>();

        // Watching
        services.AddScoped<INotificationHandler<SubmissionMoved>, MovedSubmissions>();

        // Mailing, which every stage may write to
        services.AddSingleton(setup.PublicAddress);
        services.AddSingleton(setup.Mail);
        services.TryAddSingleton(new MailOptions());
        services.AddSingleton<LetterQueue>();

        // Audit
        services.AddSingleton<AuditTrail>();

        // Data
        services.AddSingleton(setup.Wait);
        // As an instance: who opened it closes it.
        services.AddSingleton(setup.Database);
        services.AddScoped(_ => setup.Database.CreateDbContext());
        return services;
    }
}
