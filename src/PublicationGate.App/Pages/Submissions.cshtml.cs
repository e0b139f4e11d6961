using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Reviewing;
using PublicationGate.Data;
using PublicationGate.Rules;
using PublicationGate.Submissions;

namespace PublicationGate.App.Pages;

/// <summary>What was submitted: one's own, or everything for those who review. The newest comes first.</summary>
internal sealed class SubmissionsModel(GateDb db) : GatePage
{
    private const int RowsOfPage = 50;

    /// <summary>What can be asked for.</summary>
    public static IReadOnlyList<string> States { get; } = ["waiting", "asked", "held", "approved", "rejected"];

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Channel { get; set; }

    /// <summary>Only what was submitted before the submission of this id.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    public IReadOnlyList<SubmissionRow> Rows { get; private set; } = [];

    /// <summary>Where the next page begins; null for the last one.</summary>
    public string? Next { get; private set; }

    public bool SeesAll => Viewers.Of(Me).SeesAll;

    public bool IsFiltered => State is { Length: > 0 } || Channel is { Length: > 0 } || Before is not null;

    /// <summary>The address of a page of the same list.</summary>
    public string PageOf(string? before) => "/submissions" + QueryString.Create(
        new Dictionary<string, string?> { ["state"] = State, ["channel"] = Channel, ["before"] = before }.Where(part => part.Value is { Length: > 0 }));

    public async Task OnGetAsync()
    {
        var asked = Filter(Viewers.Of(Me).Of(db.Submissions.AsNoTracking()));
        // Ids are in the order of arrival. The names come in the same query.
        var rows = await (
            from one in asked.OrderByDescending(one => one.Id).Take(RowsOfPage + 1)
            join account in db.Accounts on one.SubmitterId equals account.Id into accounts
            from account in accounts.DefaultIfEmpty()
            orderby one.Id descending
            select new SubmissionRow(one.Id, one.FileName, one.Channel, one.Activity, one.SubmittedAt, one.Outcome, one.Outcome == Outcome.Held && one.Turn == SubmissionTurn.Submitter, account == null ? null : account.UserName))
            .ToListAsync(Gone);
        Next = rows.Count > RowsOfPage ? rows[RowsOfPage - 1].Id : null;
        Rows = [.. rows.Take(RowsOfPage)];
    }

    private IQueryable<Submission> Filter(IQueryable<Submission> all)
    {
        var (channel, before) = (Channel, Before);
        all = string.IsNullOrEmpty(channel) ? all : all.Where(one => one.Channel == channel);
        all = string.IsNullOrEmpty(before) ? all : all.Where(one => one.Id.CompareTo(before) < 0);
        return State switch
        {
            "waiting" => all.Where(one => one.Outcome == null),
            "asked" => all.Where(one => one.Outcome == Outcome.Held && one.Turn == SubmissionTurn.Submitter),
            "held" => all.Where(one => one.Outcome == Outcome.Held),
            "approved" => all.Where(one => one.Outcome == Outcome.Approved),
            "rejected" => all.Where(one => one.Outcome == Outcome.Rejected),
            _ => all,
        };
    }
}

/// <summary>A line of the list.</summary>
internal sealed record SubmissionRow(string Id, string FileName, string Channel, string? Activity, DateTimeOffset SubmittedAt, Outcome? Outcome, bool IsAsked, string? By);
