namespace PublicationGate.Rules;

/// <summary>All rules, in the order in which people read their findings.</summary>
public sealed class RuleList
{
    private readonly IReadOnlyList<IRule> rules;

    /// <summary>The rules of the gate.</summary>
    public RuleList()
        : this(
        [
            new NothingIsUnknownRule(),
            new ChannelIsOpenRule(),
            new ChannelTakesThisMediaRule(),
            new AccountIsTheSchoolsRule(),
            new OriginIsTheSchoolsRule(),
            new ReviewersDoNotRefuseItRule(),
            new TakenBackPicturesStayAwayRule(),
            new RecordingsKeepTheirPurposeRule(),
            new OthersWorkHasPermissionRule(),
            new ConsentIsOnFileRule(),
            new ParentsAgreedInTheRoundRule(),
            new OnlyFirstNamesRule(),
            new NamesHaveConsentRule(),
            new NoPersonalDetailsRule(),
            new RespectfulWordsRule(),
            new QuotesHavePermissionRule(),
            new NothingConfidentialRule(),
            new LogoIsAsDesignedRule(),
            new MetadataNamesNobodyRule(),
            new MetadataPlacesNobodyRule(),
            new NothingIsHiddenInTheFileRule(),
            new GroupPhotosOnPublicChannelsRule(),
            new NoIndividualShotWithoutPermissionRule(),
            new EveryFaceIsAccountedForRule(),
        ])
    {
    }

    /// <summary>Rules given by a test.</summary>
    /// <exception cref="InvalidOperationException">Two rules share a code.</exception>
    internal RuleList(IReadOnlyList<IRule> rules)
    {
        var twice = rules.GroupBy(rule => rule.Code).FirstOrDefault(group => group.Count() > 1);
        this.rules = twice is null ? rules : throw new InvalidOperationException($"Two rules have the code {twice.Key}.");
    }

    /// <summary>The rules in order.</summary>
    public IReadOnlyList<IRule> Rules => rules;

    /// <summary>Codes of the rules in order.</summary>
    public IReadOnlyList<string> Codes => [.. rules.Select(rule => rule.Code)];

    /// <summary>
    /// The rules of these codes, in this order, as a verdict names them that was made before others were added; codes that are no longer
    /// known are left out.
    /// </summary>
    public RuleList Only(IReadOnlyList<string> codes) => new([.. codes.Select(code => rules.FirstOrDefault(rule => rule.Code == code)).OfType<IRule>()]);

    /// <summary>Runs every rule and keeps every finding. A rule that fails holds the photo: it never lets it pass.</summary>
    public IReadOnlyList<Finding> Judge(PhotoFacts photo, Protocol protocol) => [.. rules.SelectMany(rule => JudgeSafely(rule, photo, protocol))];

    /// <summary>The worst of all findings; approved when there is none.</summary>
    public static Outcome Worst(IEnumerable<Finding> findings) => findings.Select(finding => finding.Outcome).DefaultIfEmpty(Outcome.Approved).Max();

    private static IReadOnlyList<Finding> JudgeSafely(IRule rule, PhotoFacts photo, Protocol protocol)
    {
        try
        {
            return [.. rule.Judge(photo, protocol)];
        }
#pragma warning disable CA1031 // Whatever goes wrong in a rule, the photo must be held, and the other rules still run.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [new Finding(rule.Code, rule.Clauses[0], Outcome.Held, Texts.Get("rule.failed", ("rule", rule.Code)))];
        }
    }
}
