using System.Globalization;
using System.Text.RegularExpressions;

namespace PublicationGate.Intake;

/// <summary>What the name of a folder says of the photos in it.</summary>
/// <param name="Date">The day; null when it names none.</param>
/// <param name="Group">The group, as the register would name it; null when it names none, or more than one.</param>
/// <param name="Activity">The activity; null when it names none.</param>
public sealed record FolderName(DateOnly? Date, string? Group, string? Activity);

/// <summary>
/// Reads folder names such as <c>2026-11-20 groep 6 schoolreis</c> by patterns, the first that fits the whole name. A pattern holds
/// <c>{date}</c> (2026-11-20 or 20261120), <c>{group}</c> (<c>groep</c>, <c>klas</c>, <c>group</c> or <c>class</c> with a number),
/// <c>{activity}</c> (any words) and <c>{any}</c> (any words, not used), each at most once; the rest is literal, capitals do not count, and a space stands
/// for spaces, underscores, dots, commas and dashes.
/// </summary>
public sealed partial class FolderNames
{
    private const string GroupWord = @"(?:groep|klas|group|class)";
    private const int LongestName = 255;

    // Patterns come from a person's file and names from anywhere: matching must not take longer than a moment.
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<Regex> expressions;

    /// <param name="patterns">In the order in which they are tried.</param>
    /// <exception cref="FormatException">A pattern is empty or names something else than the four parts, or one of them twice.</exception>
    public FolderNames(IReadOnlyList<string> patterns)
    {
        Patterns = patterns;
        expressions = [.. patterns.Select(ToExpression)];
    }

    /// <summary>The patterns of a school that wrote none.</summary>
    public static FolderNames Default { get; } = new(
    [
        "{date} {group} {activity}", "{date} {activity} {group}", "{group} {date} {activity}", "{group} {activity} {date}", "{activity} {group} {date}",
        "{date} {group}", "{group} {date}", "{group} {activity}", "{activity} {group}", "{date} {activity}", "{activity} {date}", "{group}",
    ]);

    /// <summary>No patterns: names of folders say nothing.</summary>
    public static FolderNames None { get; } = new([]);

    /// <summary>The patterns as written.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>What <paramref name="name"/> says; null when no pattern fits it.</summary>
    public FolderName? Read(string name)
    {
        if (name.Length > LongestName || name.Any(char.IsControl))
        {
            return null;
        }

        try
        {
            return expressions.Select(expression => Parse(expression.Match(name))).FirstOrDefault(read => read is not null);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static FolderName? Parse(Match match)
    {
        if (!match.Success || !IsDate(match.Groups["date"], out var date))
        {
            return null;
        }

        var (group, activity, any) = (match.Groups["group"], match.Groups["activity"], match.Groups["any"]);
        // Declaring one of several groups would leave out children whose parents said no: then none is declared, and a person must.
        var isOnlyGroup = group.Success && !SpeaksOfMore().IsMatch(match.Value[..group.Index] + "|" + match.Value[(group.Index + group.Length)..]);
        return new(date, isOnlyGroup ? GroupWritten().Replace(group.Value, "$1 $2") : null, activity.Success ? Spaces().Replace(activity.Value.Replace('_', ' '), " ").Trim() : null);
    }

    private static bool IsDate(Group written, out DateOnly? date)
    {
        date = null;
        if (!written.Success)
        {
            return true;
        }

        var isDate = DateOnly.TryParseExact(written.Value, ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        date = isDate ? day : null;
        return isDate;
    }

    private static Regex ToExpression(string pattern)
    {
        var parts = Part().Matches(pattern);
        if (string.IsNullOrWhiteSpace(pattern) || Part().Replace(pattern, "").IndexOfAny(['{', '}']) >= 0 || parts.DistinctBy(part => part.Value).Count() < parts.Count)
        {
            throw new FormatException(pattern);
        }

        var expression = string.Concat(Pieces().Matches(pattern.Trim()).Select(piece => piece.Value switch
        {
            "{date}" => @"(?<date>\d{4}-\d{2}-\d{2}|\d{8})(?!\d)",
            // Atomic: "groep 6-7" is never taken for "groep 6".
            "{group}" => @"(?<group>(?>" + GroupWord + @"[ _-]?\d{1,2}[a-z]?(?:[-+]\d{1,2}[a-z]?)*)(?![\p{L}\d]))",
            "{activity}" => @"(?<activity>(?=\P{L}*\p{L}).+?)",
            "{any}" => "(?<any>.+?)",
            var space when string.IsNullOrWhiteSpace(space) => @"[ _.,-]+",
            var literal => Regex.Escape(literal),
        }));
        return new(@"\A" + expression + @"\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, LongestMatch);
    }

    [GeneratedRegex(@"\{(?:date|group|activity|any)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(@"\{\w+\}|\s+|[^{\s]+", RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();

    // As registers write it: "groep6a" and "groep_6a" are "groep 6a".
    [GeneratedRegex(@"\A(\p{L}+)[ _-]?(\d)", RegexOptions.CultureInvariant)]
    private static partial Regex GroupWritten();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    // What stands around the group (which is cut out, "|" in its place) speaks of more children: another word for a group; a number that goes on from it, as in
    // "groep 6 en 7", "groep 6, 7", "groep 6 tm 8"; a number joined to others anywhere; or a word or number that leads up to it, as in "7 en groep 6".
    [GeneratedRegex(
        """
        \b(?:groep|klas|group|class|kleuter|onderbouw|middenbouw|bovenbouw|unit|iedereen|hele[ ]school|whole[ ]school)
        | \|[ _.,&+-]*(?:(?:en|and|t\.?m\.?|tot|met|plus|of|or)[ _.,&+-]*)*\d{1,2}[a-z]?\b(?![-\d])
        | (?:\b(?:en|and|met|plus|tm|tot|of|or)|[&+,])[ _.]*\d{1,2}[a-z]?\b(?![-\d])
        | (?:\b(?:en|and|plus|of|or)|[&+]|(?<![-\d])\b\d{1,2}[a-z]?)[ _.,-]*\|
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex SpeaksOfMore();
}
