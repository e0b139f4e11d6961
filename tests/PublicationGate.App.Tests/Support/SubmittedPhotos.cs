using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.App.Service;
using PublicationGate.Consent;
using PublicationGate.Intake;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Tests.Support;

/// <summary>Photographs that somebody submitted to a running service, screened as any other.</summary>
internal static class SubmittedPhotos
{
    /// <summary>What makes the photograph of four faces a held one: two pupils are declared.</summary>
    public static Declaration TwoPupils { get; } = new() { Activity = "Ateliermiddag", Situation = "group", Origin = "school-camera", People = ["p601", "p603"] };

    /// <summary>Fills the register with the samples'.</summary>
    public static async Task FillRegisterAsync(this RunningService service) =>
        await service.Services.GetRequiredService<ConsentRegister>().ImportAsync(RegisterCsv.Read(Repository.Register, new DateOnly(2026, 11, 22)), default);

    /// <summary>Submits a sample photograph and waits for its verdict.</summary>
    public static async Task<Submission> SubmitAsync(this RunningService service, string sample, Declaration declaration, string by = "somebody", string? album = null)
    {
        await using var scope = service.Services.CreateAsyncScope();
        await using var file = File.OpenRead(Repository.Sample(sample));
        var stored = await scope.ServiceProvider.GetRequiredService<IContentStore>().AddAsync(file, default);
        var submitted = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SubmitPhoto(stored, Path.GetFileName(sample), declaration, SubmissionSource.Page, by, album));
        return await service.DecidedAsync(submitted.Id);
    }

    /// <summary>A submission as soon as it has a verdict.</summary>
    public static async Task<Submission> DecidedAsync(this RunningService service, string id)
    {
        var submission = await service.SubmissionAsync(id);
        var item = await service.Services.GetRequiredService<ScreeningQueue>().Decisions.WaitAsync(submission.QueueItemId, TimeSpan.FromMinutes(1), default);
        Assert.That(item, Is.Not.Null, () => $"there is no verdict: {service.Services.GetRequiredService<WatchService>().Failure}");
        return await service.SubmissionAsync(id);
    }

    /// <summary>A submission as it is now.</summary>
    public static async Task<Submission> SubmissionAsync(this RunningService service, string id)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.Submissions.AsNoTracking().SingleAsync(submission => submission.Id == id);
    }
}
