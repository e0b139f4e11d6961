namespace PublicationGate.Submissions;

/// <summary>Who looks at submissions.</summary>
/// <param name="AccountId">Id of the account.</param>
/// <param name="SeesAll">False for one who sees only what they submitted themselves.</param>
public sealed record Viewer(string AccountId, bool SeesAll)
{
    /// <summary>The submissions that this one may see: the one place that says so.</summary>
    public IQueryable<Submission> Of(IQueryable<Submission> submissions)
    {
        var (id, all) = (AccountId, SeesAll);
        return all ? submissions : submissions.Where(submission => submission.SubmitterId == id);
    }
}
