using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Screening;

/// <summary>The last good protocol stays in force.</summary>
public class ProtocolHistoryTests
{
    private readonly FixedTime time = new(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));
    private TemporaryFolder folder = null!;
    private SqliteGateDatabase database = null!;
    private ProtocolHistory history = null!;

    [SetUp]
    public async Task OpenDatabase()
    {
        folder = new TemporaryFolder();
        database = SqliteGateDatabase.InMemory();
        await database.MigrateAsync(default);
        history = new ProtocolHistory(database, time);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task A_school_that_never_chose_has_none() => Assert.That(await history.InForceAsync(default), Is.Null);

    [Test]
    public async Task The_newest_is_in_force_and_the_older_ones_are_kept()
    {
        await history.UseAsync(Group(3), ProtocolSource.ByHand, default);
        time.Now = time.Now.AddDays(1);
        await history.UseAsync(Group(4), ProtocolSource.ByHand, default);
        await history.UseAsync(Group(3), ProtocolSource.ByHand, default);

        var inForce = (await history.InForceAsync(default))!.Value;
        await using var db = database.CreateDbContext();
        Assert.Multiple(() =>
        {
            Assert.That((inForce.Protocol.MinimumGroup, inForce.Act.Since, inForce.Act.Source), Is.EqualTo((3, time.Now, ProtocolSource.ByHand)));
            Assert.That((db.Protocols.Count(), db.ProtocolsInForce.Count()), Is.EqualTo((2, 3)));
        });
    }

    [Test]
    public async Task The_file_of_the_data_folder_is_taken_over_once_and_again_when_it_changed()
    {
        await FollowAsync(Yaml(3));
        await FollowAsync(Yaml(3));
        Assert.That((await FollowAsync(Yaml(4))).MinimumGroup, Is.EqualTo(4));
        Assert.That((await FollowAsync(Yaml(3))).MinimumGroup, Is.EqualTo(3));
        await using var db = database.CreateDbContext();
        Assert.That(await db.ProtocolsInForce.CountAsync(), Is.EqualTo(3));
    }

    [TestCase("minimum-group: 1")]
    [TestCase("facebook: { audience: public, open: yes }")]
    public async Task A_file_with_mistakes_leaves_the_last_good_one_in_force(string wrong)
    {
        await FollowAsync(Yaml(3));
        var broken = wrong.StartsWith('m') ? Yaml(3).Replace("minimum-group: 3", wrong, StringComparison.Ordinal) : Yaml(3).Replace("channels:", "channels:\n  " + wrong, StringComparison.Ordinal);
        Assert.That(async () => await FollowAsync(broken), Throws.InstanceOf<InputErrorsException>());
        Assert.That((await history.InForceAsync(default))!.Value.Protocol.MinimumGroup, Is.EqualTo(3));
    }

    [Test]
    public async Task What_was_put_in_force_by_hand_holds_against_a_file_that_did_not_change()
    {
        await FollowAsync(Yaml(3));
        await history.UseAsync(Group(5), ProtocolSource.ByHand, default);
        Assert.That((await FollowAsync(Yaml(3))).MinimumGroup, Is.EqualTo(5));
        Assert.That((await FollowAsync(Yaml(4))).MinimumGroup, Is.EqualTo(4), "a change of the file is the later act");
    }

    private static string Yaml(int group) => Some.Protocol.Yaml.Replace("minimum-group: 2", $"minimum-group: {group}", StringComparison.Ordinal);

    private static Protocol Group(int group) => ProtocolReader.Parse(Yaml(group), "p.yaml");

    private async Task<Protocol> FollowAsync(string yaml)
    {
        await File.WriteAllTextAsync(folder["protocol.yaml"], yaml);
        return await history.FollowAsync(folder["protocol.yaml"], default);
    }
}
