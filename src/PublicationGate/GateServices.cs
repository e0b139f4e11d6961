using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Wording;

namespace PublicationGate;

/// <summary>What one gate stands on.</summary>
/// <param name="Database">Where verdicts are kept; brought up to date already.</param>
/// <param name="RegisterDatabase">Where the register is; the same database unless this run brought its own register.</param>
/// <param name="Protocol">The protocol in force.</param>
/// <param name="Faces">Gives the face models in use when they are first needed; the container disposes them.</param>
public sealed record GateSetup(GateDatabase Database, GateDatabase RegisterDatabase, Protocol Protocol, Func<FaceCounter> Faces);

/// <summary>Every registration, grouped by stage in the order in which a photo passes them.</summary>
public static class GateServices
{
    /// <summary>Adds the gate. Logging is the caller's.</summary>
    public static IServiceCollection AddPublicationGate(this IServiceCollection services, GateSetup setup)
    {
        services.TryAddSingleton(TimeProvider.System);

        // Intake
        services.AddSingleton(new IntakeOptions());

        // Imaging
        services.AddSingleton(new ImageDecoder(new ImageLimits()));

        // Faces
        services.AddSingleton(_ => setup.Faces());

        // Consent
        services.AddSingleton(provider => new ConsentRegister(setup.RegisterDatabase, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ConsentLookup(
            provider.GetRequiredService<ConsentRegister>().LookUpAsync, new ConsentLookupOptions(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ConsentLookup>>()));

        // Wording
        services.AddSingleton<TextInspection>();

        // Rules
        services.AddSingleton(setup.Protocol);
        services.AddSingleton<RuleList>();

        // Screening
        services.AddSingleton<PhotoLooker>();
        services.AddScoped<LookStore>();
        services.AddScoped<PhotoInspection>();
        services.AddScoped<VerdictStore>();
        services.AddScoped<IRequestHandler<ScreenSubmission, Verdict>, ScreenSubmissionHandler>();
        services.AddScoped<IRequestHandler<ReplayVerdict, ReplayResult?>, ReplayVerdictHandler>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(LoggingBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TimingBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(UnitOfWorkBehaviour<,>));
        services.AddScoped<ServiceFactory>(provider => provider.GetService!);
        services.AddScoped<IMediator, Mediator>();

        // Data
        services.AddScoped(_ => setup.Database.CreateDbContext());
        return services;
    }
}
