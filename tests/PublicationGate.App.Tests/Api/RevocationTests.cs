using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.App.Tests.Support;
using PublicationGate.Consent;
using PublicationGate.Erasure;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Removal;
using PublicationGate.TakenBack;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Api;

/// <summary>Whichever way a released photo goes, its certificate is among the revoked ones at the very next call.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class RevocationTests(DatabaseKind kind)
{
    private const string Pupil = "p603";
    private static readonly Declaration TwoPupils = SubmittedPhotos.TwoPupils with { Caption = "Samen aan tafel", Alt = "Twee leerlingen in gesprek" };

    private static readonly Dictionary<string, Func<RunningService, Release, Task>> Ways = new()
    {
        ["a no"] = (service, _) => service.Services.GetRequiredService<ConsentRegister>().AnswerAsync(
            new AnswerDraft(Pupil, "website", MediaKind.Photo, ConsentScope.Group, IsYes: false, "guardian-1", AnswerBy.Guardian).At(TimeProvider.System.GetUtcNow(), null), null, default),
        ["a removal"] = async (service, release) =>
        {
            await using var scope = service.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new TakeBackPicture(release.ContentSha256, null, TakenBackFor.Family, "De ouders vroegen het", "account-1"));
        },
        ["an erasure"] = (service, _) => new PersonErasure(service.Database, service.Data, [], [], TimeProvider.System).EraseAsync(Pupil, default),
    };

    [TestCase("a no")]
    [TestCase("a removal")]
    [TestCase("an erasure")]
    public async Task Is_told_at_the_next_call(string way)
    {
        await using var service = await RunningService.StartAsync(kind);
        await service.FillRegisterAsync();
        var submission = await service.SubmitAsync(Photos.TwoFaces, TwoPupils);
        var (release, certificate) = await CertifiedAsync(service, submission.Id);
        using var anybody = service.Client();
        Assert.That((await RevokedAsync(anybody)).RevokedAt(certificate.Id), Is.Null);
        await Ways[way](service, release);
        Assert.That((await RevokedAsync(anybody)).RevokedAt(certificate.Id), Is.Not.Null);
    }

    private static async Task<RevocationList> RevokedAsync(HttpClient client)
    {
        var keys = PublicJwk.ReadSet(await client.GetStringAsync("/.well-known/publication-gate/keys.json"))!;
        var list = RevocationList.Read(await client.GetStringAsync("/.well-known/publication-gate/revoked.json"))!;
        Assert.That(list.IsSignedBy(keys), Is.True);
        return list;
    }

    // The certificate follows the release by itself.
    private static async Task<(Release Release, IssuedCertificate Certificate)> CertifiedAsync(RunningService service, string submission)
    {
        for (var start = TimeProvider.System.GetTimestamp(); ; await Task.Delay(50))
        {
            await using var db = service.Database.CreateDbContext();
            if (await db.Releases.AsNoTracking().SingleOrDefaultAsync(release => release.SubmissionId == submission) is { } release
                && await db.Certificates.AsNoTracking().SingleOrDefaultAsync(certificate => certificate.ReleaseId == release.Id) is { } certificate)
            {
                return (release, certificate);
            }

            Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromMinutes(1)), "released and certified");
        }
    }
}
