using Microsoft.Data.Sqlite;
using PublicationGate.App.Tests.Support;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>The audit trail and erasure, as people and scripts use them.</summary>
[TestFixture(false)]
[TestFixture(true)]
public class AuditAndEraseTests(bool onPostgres)
{
    private Gate gate = null!;

    [SetUp]
    public void CreateFolder()
    {
        gate = new Gate { Database = onPostgres ? PostgresServer.Shared.NewSchema() : null };
        Assert.That(gate.Run("register", "import", Repository.Register).ExitCode, Is.Zero);
    }

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void The_trail_is_shown_and_verified_in_both_languages()
    {
        gate.Run("register", "answer", "p601", "--channel", "website", "--kind", "photo", "--scope", "group", "--answer", "no", "--given-by", "guardian-1");
        gate.Photo(Photos.Nobody, "a.jpg").Text("a.yaml", "people: none");
        var verdict = gate.Run("screen", "a.jpg", "--json").Verdict.Id();

        var shown = gate.Run("audit", "show");
        Assert.That((shown.ExitCode, shown.Out), Is.EqualTo((0, shown.Out)));
        Assert.That(shown.Out.Split('\n'), Has.Length.EqualTo(4));
        Assert.That(shown.Out, Does.Contain("register bijgewerkt").And.Contain("nieuw: 31").And.Contain("antwoord: no").And.Contain(verdict).And.Not.Contain("Fenna").And.Not.Contain("p601").And.Not.Contain("a.jpg"));
        Assert.That(gate.Run("audit", "show", "--subject", "p601", "--language", "en").Out, Does.Contain("answer recorded").And.Not.Contain("register imported"));
        Assert.That(gate.Run("audit", "show", "--subject", verdict, "--json").Verdict["kind"]!.ToString(), Is.EqualTo("verdict-kept"));
        Assert.That(gate.Run("audit", "show", "--since", "2999-01-01").Out, Is.Empty);
        Assert.That(gate.Run("audit", "show", "--since", "gisteren").ExitCode, Is.EqualTo(2));

        var verified = gate.Run("audit", "verify");
        Assert.That((verified.ExitCode, verified.Out), Is.EqualTo((0, "Het logboek klopt: 3 regels, geen daarvan veranderd, geen ertussenuit.\nTot en met regel 1 staat alles vast in 1 controlepunt.\n")));
        var json = gate.Run("audit", "verify", "--json").Verdict;
        Assert.That(((bool)json["sound"]!, (int)json["entries"]!, json["firstBad"]), Is.EqualTo((true, 3, (object?)null)));
    }

    [Test]
    public void A_pupil_is_erased_after_a_yes_and_what_is_left_of_verdicts_says_so()
    {
        gate.Photo(Photos.Nobody, "fenna.jpg").Text("fenna.yaml", "people: [Fenna]\norigin: school-camera");
        var id = gate.Run("screen", "fenna.jpg", "--json").Verdict.Id();

        var refused = gate.Run("erase", "pupil", "p601");
        Assert.That((refused.ExitCode, refused.Out), Is.EqualTo((2, "")), "nobody can answer a question here");
        Assert.That(refused.Error, Does.Contain("--yes"));
        var tried = gate.Run("erase", "pupil", "p601", "--dry-run");
        Assert.That((tried.ExitCode, tried.Out), Is.EqualTo((0, tried.Out)));
        Assert.That(tried.Out, Does.Contain("1  oordelen waarvan alleen de uitkomst blijft"));
        Assert.That(gate.Run("explain", id).Out, Does.Contain("Fenna"));

        var erased = gate.Run("erase", "pupil", "p601", "--yes", "--verbose");
        Assert.That(erased.ExitCode, Is.Zero, erased.Error);
        Assert.That(erased.Out + erased.Error, Does.Not.Contain("Fenna").And.Not.Contain("p601"));
        Assert.That(gate.Run("explain", id).Out, Does.Contain("gewist").And.Contain("geen vervalsing").And.Not.Contain("Fenna"));
        Assert.That((gate.Run("replay", id).ExitCode, gate.Run("replay", "--all").ExitCode), Is.EqualTo((3, 0)));
        Assert.That(gate.Run("register", "history", "p601").ExitCode, Is.EqualTo(2));
        Assert.That(gate.Run("erase", "pupil", "p601", "--yes").ExitCode, Is.EqualTo(2), "there is nobody of that key any more");
        Assert.That(gate.Run("audit", "verify").ExitCode, Is.Zero);
        Assert.That(Directory.GetFiles(Path.Combine(gate.Data, "erasures")), Has.Length.EqualTo(1));
    }

    [Test]
    public void Tampering_and_a_missing_database_have_exit_codes_of_their_own()
    {
        if (onPostgres)
        {
            Assert.That(gate.Run("audit", "verify", "--checkpoints", "er niet").ExitCode, Is.EqualTo(2));
            return;
        }

        Assert.That(gate.Run("audit", "verify", "--data", gate["nergens"]).ExitCode, Is.EqualTo(3));
        Assert.That(Directory.Exists(gate["nergens"]), Is.False, "to verify is not to make");
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(gate.Data, "gate.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER AuditEntries_are_not_changed; UPDATE AuditEntries SET Details = replace(Details, '31', '30')";
            command.ExecuteNonQuery();
        }

        var found = gate.Run("audit", "verify", "--language", "en");
        Assert.That((found.ExitCode, found.Out), Is.EqualTo((1, found.Out)));
        Assert.That(found.Out, Does.StartWith("Entry 1 was changed").And.Contain("NOT sound: 1 fault in 1 entries"));
    }
}
