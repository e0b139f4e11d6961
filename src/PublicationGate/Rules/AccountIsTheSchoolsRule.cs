namespace PublicationGate.Rules;

/// <summary>
/// The account that a photo is posted from is one of the school's (M18, L8). Where the school listed none for the channel, nobody can
/// tell, and a person looks.
/// </summary>
internal sealed class AccountIsTheSchoolsRule : IRule
{
    public string Code => "account-is-the-schools";

    public IReadOnlyList<string> Clauses { get; } = ["M18", "L8"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var channel = photo.Declaration.Channel;
        var accounts = protocol.TermsOf(channel).Accounts;
        if (photo.Declaration.Account is not { } account || accounts.Contains(AccountName.Fold(account)))
        {
            yield break;
        }

        yield return accounts.Count == 0
            ? new Finding(Code, "M18", Outcome.Held, Texts.Get("account.none-listed", ("account", account), ("channel", Texts.ChannelName(channel))))
            : new Finding(Code, "M18", Outcome.Rejected,
                Texts.Get("account.not-listed", ("account", account), ("channel", Texts.ChannelName(channel)), ("accounts", string.Join(", ", accounts))));
    }
}
