using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class AccountIsTheSchoolsRuleTests
{
    private static readonly Protocol TwoAccounts = Some.Protocol.With("website", terms => terms with { Accounts = ["dewegwijzer", "de wegwijzer groep 8"] });

    private readonly AccountIsTheSchoolsRule rule = new();

    [TestCase(null, "")]
    [TestCase("dewegwijzer", "")]
    [TestCase("@DeWegwijzer", "")]
    [TestCase("De  Wégwijzer groep 8", "")]
    [TestCase("dewegwijzer2", "Rejected M18")]
    [TestCase("ouders van de wegwijzer", "Rejected M18")]
    [TestCase("@", "Rejected M18")]
    public void Rejects_an_account_that_is_not_on_the_list(string? account, string expected) =>
        Assert.That(Some.Judge(rule, PostedFrom(account), TwoAccounts), Is.EqualTo(expected));

    [TestCase(null, "")]
    [TestCase("dewegwijzer", "Held M18")]
    public void Holds_an_account_where_the_school_listed_none(string? account, string expected) => Assert.That(Some.Judge(rule, PostedFrom(account)), Is.EqualTo(expected));

    [Test]
    public void The_list_of_another_channel_does_not_count() =>
        Assert.That(Some.Judge(rule, PostedFrom("dewegwijzer").On("app"), TwoAccounts), Is.EqualTo("Held M18"));

    private static PhotoFacts PostedFrom(string? account) => Some.Photo with { Declaration = Some.Photo.Declaration with { Account = account } };
}
