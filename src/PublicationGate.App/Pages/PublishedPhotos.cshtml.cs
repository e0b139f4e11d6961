using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.App.Pages;

/// <summary>What was released where, and whether it still stands.</summary>
internal sealed class PublishedPhotosModel(GateDb db) : GatePage
{
    private const int PageSize = 50;
    private const string Escape = "!";

    [BindProperty(SupportsGet = true)]
    public string? Channel { get; set; }

    /// <summary>Words of the activity.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Activity { get; set; }

    /// <summary>First day, <c>yyyy-MM-dd</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>Last day.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Until { get; set; }

    /// <summary><c>standing</c>, <c>withdrawn</c>, or empty for both.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Part { get; set; } = 1;

    public IReadOnlyList<PublishedRow> Rows { get; private set; } = [];

    public IReadOnlyList<string> Channels { get; private set; } = [];

    public int Count { get; private set; }

    public bool HasMore => Count > Part * PageSize;

    public bool IsSearch => !string.IsNullOrEmpty(Channel + Activity + From + Until + State);

    public async Task OnGetAsync()
    {
        Part = Math.Clamp(Part, 1, 10_000);
        Channels = await db.Releases.Select(release => release.Channel).Distinct().OrderBy(channel => channel).ToListAsync(Gone);
        var found =
            from release in db.Releases
            join submission in db.Submissions on release.SubmissionId equals submission.Id
            select new { release, submission };
        found = string.IsNullOrEmpty(Channel) ? found : found.Where(one => one.release.Channel == Channel);
        found = string.IsNullOrWhiteSpace(Activity) ? found : found.Where(one => EF.Functions.Like(one.submission.Activity!.ToLower(), Pattern(Activity), Escape));
        found = Day(From) is { } from ? found.Where(one => one.release.ReleasedAt >= from) : found;
        found = Day(Until)?.AddDays(1) is { } until ? found.Where(one => one.release.ReleasedAt < until) : found;
        found = State switch
        {
            "standing" => found.Where(one => one.release.WithdrawnAt == null),
            "withdrawn" => found.Where(one => one.release.WithdrawnAt != null),
            _ => found,
        };
        Count = await found.CountAsync(Gone);
        Rows = await found.OrderByDescending(one => one.release.ReleasedAt).ThenByDescending(one => one.release.Id).Skip((Part - 1) * PageSize).Take(PageSize)
            .Select(one => new PublishedRow(one.release.Id, one.submission.Activity, one.release.Channel, one.release.ReleasedAt, one.release.WithdrawnAt)).ToListAsync(Gone);
    }

    /// <summary>The address of another part of what was found.</summary>
    public string At(int part) => "/published" + QueryString.Create(new (string Name, string? Value)[]
    {
        ("channel", Channel), ("activity", Activity), ("from", From), ("until", Until), ("state", State), ("part", part.ToString(CultureInfo.InvariantCulture)),
    }.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => KeyValuePair.Create(one.Name, one.Value)));

#pragma warning disable CA1308 // Databases compare what is lower case.
    internal static string Pattern(string words) =>
        $"%{words.Trim().ToLowerInvariant().Replace(Escape, Escape + Escape, StringComparison.Ordinal).Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal)}%";
#pragma warning restore CA1308

    private DateTimeOffset? Day(string? written)
    {
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) && day.Year is > 1900 and < 9000)
        {
            return day;
        }

        Mistake(written == From ? "from" : "until", "published.no-day");
        return null;
    }
}

/// <summary>One release in the list.</summary>
internal sealed record PublishedRow(string Id, string? Activity, string Channel, DateTimeOffset ReleasedAt, DateTimeOffset? WithdrawnAt);
