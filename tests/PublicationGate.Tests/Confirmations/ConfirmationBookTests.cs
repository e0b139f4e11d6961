using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Audit;
using PublicationGate.Confirmations;
using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Review;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Confirmations;

/// <summary>What people confirm is kept with who, which protocol and when, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class ConfirmationBookTests(DatabaseKind kind)
{
    private TestGate gate = null!;

    [SetUp]
    public async Task OpenAsync() => gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, new FaceBox(0, 0, 50, 50, 0.9f)), kind);

    [TearDown]
    public async Task CloseAsync() => await gate.DisposeAsync();

    [Test]
    public async Task A_photo_keeps_what_its_submitter_confirmed_and_what_was_confirmed_later_once()
    {
        var submission = await SubmitAsync(TestGate.TwoPupils with { Confirms = ["M6"] });
        Assert.That(await RowsAsync(), Is.EqualTo(new[] { $"Photo M6 account-1 {submission.Id}" }));
        await gate.SendAsync(new ReviewSubmission(submission.Id, "account-2", "", new ReviewStep.Declare(TestGate.TwoPupils with { Logo = true, Confirms = ["M6", "M15"] })));
        Assert.That(await RowsAsync(), Is.EqualTo(new[] { $"Photo M6 account-1 {submission.Id}", $"Photo M15 account-2 {submission.Id}" }));
        await using var db = gate.Database.CreateDbContext();
        Assert.That(await db.Confirmations.Select(one => one.ProtocolVersion).Distinct().SingleAsync(), Is.EqualTo(Some.Protocol.Version));
        var entries = await db.AuditEntries.Where(entry => entry.Kind == AuditKinds.Confirmed).OrderBy(entry => entry.Id).ToListAsync();
        Assert.That(entries.Select(entry => entry.Subject), Is.All.EqualTo(submission.Id));
        Assert.That(entries.Select(entry => entry.Details), Is.EqualTo(new[] { "M6", "M15" }).Using<string, string>((details, clause) => details.Contains($"\"{clause}\"", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Who_confirms_nothing_is_recorded_with_nothing_and_not_refused()
    {
        await SubmitAsync(TestGate.TwoPupils);
        Assert.That(await RowsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_person_confirms_once_a_school_year()
    {
        gate.Time.Now = new(2026, 7, 30, 12, 0, 0, TimeSpan.Zero);
        await OfYearAsync(ConfirmationScope.Person, "account-1", "C3", "M16");
        await OfYearAsync(ConfirmationScope.Person, "account-1", "C3", "M16");
        await OfYearAsync(ConfirmationScope.Person, "account-2", "C3");
        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "Person C3 account-1 ", "Person M16 account-1 ", "Person C3 account-2 " }));
        gate.Time.Now = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);
        await OfYearAsync(ConfirmationScope.Person, "account-1", "C3");
        Assert.That((await RowsAsync())[3..], Is.EqualTo(new[] { "Person C3 account-1 " }), "the next school year");
    }

    [Test]
    public async Task One_confirms_for_all_what_comes_from_folders()
    {
        await OfYearAsync(ConfirmationScope.Folders, "account-1", "M6");
        await OfYearAsync(ConfirmationScope.Folders, "account-2", "M6");
        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "Folders M6 account-1 " }));
    }

    [TestCase("UPDATE \"Confirmations\" SET \"Clause\" = 'M1'")]
    [TestCase("DELETE FROM \"Confirmations\"")]
    public async Task The_database_changes_and_deletes_none(string statement)
    {
        await OfYearAsync(ConfirmationScope.Person, "account-1", "C3");
        await using var db = gate.Database.CreateDbContext();
        Assert.That(() => db.Database.ExecuteSqlRawAsync(statement), Throws.InstanceOf<System.Data.Common.DbException>());
    }

    [TestCase(2026, 7, 31, "2025-2026")]
    [TestCase(2026, 8, 1, "2026-2027")]
    [TestCase(2027, 1, 1, "2026-2027")]
    public void A_school_year_begins_in_August(int year, int month, int day, string name) =>
        Assert.That(SchoolYear.NameOf(new(year, month, day, 12, 0, 0, TimeSpan.Zero)), Is.EqualTo(name));

    [Test]
    public void A_file_says_what_it_confirms_and_one_that_says_nothing_keeps_its_hash()
    {
        var declared = DeclarationReader.Parse("logo: true\nconfirms: [M6, M15]\n"u8, "album.yaml");
        Assert.That((declared.Logo, declared.Confirms), Is.EqualTo((true, new[] { "M6", "M15" })));
        Assert.That(() => DeclarationReader.Parse("confirms: M7\n"u8, "album.yaml"), Throws.InstanceOf<InputErrorsException>());
        Assert.That(() => DeclarationReader.Parse("logo: groot\n"u8, "album.yaml"), Throws.InstanceOf<InputErrorsException>());
        Assert.That(new Declaration().Sha256, Is.EqualTo("65682bdb3af41bfbb6855fe8d66151299637a82d19c5cbd5415ec2acdd580d6a"), "verdicts of before are found by it");
        Assert.That(new[] { new Declaration(), new() { Logo = true }, new() { Logo = true, Confirms = ["M15"] } }.Select(one => one.Sha256).Distinct().Count(), Is.EqualTo(3));
    }

    private async Task<Submission> SubmitAsync(Declaration declaration)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("geen foto"));
        return await gate.SendAsync(new SubmitPhoto(await gate.Services.GetRequiredService<IContentStore>().AddAsync(content, default), "dag.jpg", declaration, SubmissionSource.Page, "account-1"));
    }

    private async Task OfYearAsync(ConfirmationScope scope, string account, params string[] clauses)
    {
        await using var db = gate.Database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(default);
        await gate.Services.GetRequiredService<ConfirmationBook>().OfYearAsync(db, scope, account, clauses, Some.Protocol.Version, default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private async Task<List<string>> RowsAsync()
    {
        await using var db = gate.Database.CreateDbContext();
        return [.. (await db.Confirmations.OrderBy(one => one.Id).ToListAsync()).Select(one => $"{one.Scope} {one.Clause} {one.AccountId} {one.SubmissionId}")];
    }
}
