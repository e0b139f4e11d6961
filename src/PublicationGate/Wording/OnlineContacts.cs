using System.Text.RegularExpressions;

namespace PublicationGate.Wording;

/// <summary>Finds e-mail addresses, also disguised ones, account names, and links to accounts.</summary>
internal static partial class OnlineContacts
{
    /// <summary>E-mail addresses; not sure where only the provider's name gives one away.</summary>
    public static IEnumerable<TextFinding> Emails(SearchedText text) =>
        text.Text.AsSpan().ContainsAny('@', '＠') || MayBeDisguised().IsMatch(text.Text)
            ? Plain().Matches(text.Text).Concat(Disguised().Matches(text.Text)).Select(match => text.FoundAt(TextFindingKind.Email, match.Index, match.Index + match.Length))
                .Concat(AtAProvider().Matches(text.Text).Select(match => text.FoundAt(TextFindingKind.Email, match.Index, match.Index + match.Length, isSure: false)))
            : [];

    /// <summary>Account names and links to accounts: a museum's or a child's, so never sure.</summary>
    public static IEnumerable<TextFinding> Handles(SearchedText text) =>
        Handle().Matches(text.Text).Select(match => match.Groups["name"])
            .Concat(Announced().Matches(text.Text).Select(match => match.Groups["name"]))
            .Concat(Profile().Matches(text.Text).Select(match => match.Groups[0]))
            .Select(group => text.FoundAt(TextFindingKind.Handle, group.Index, group.Index + group.Value.TrimEnd('.', ',', '/').Length, isSure: false));

    [GeneratedRegex(@"(?<![\p{L}\d._%+@-])[\p{L}\d][\p{L}\d._%+'’-]{0,63}(?:[@＠] ?| [@＠] )(?:[\p{L}\d](?:[\p{L}\d-]{0,62}))(?:\.[\p{L}\d-]{2,63}){1,4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"(?:\b|_)(?:at|apenstaart|apenstaartje|punt|dot)(?:\b|_)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MayBeDisguised();

    // naam@ gmail,com, naam_at_gmail.com: what is before a provider of mailboxes is somebody's.
    [GeneratedRegex(@"(?<![\p{L}\d._%+-])[\p{L}\d][\p{L}\d.%+-]{0,63}(?:\s{0,2}[@＠]\s{0,2}|_at_)(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|ziggo|kpnmail|kpnplanet|planet|xs4all|proton(?:mail)?|gmx|casema|upcmail|chello|telfort|msn)\b(?:[.,]?[a-z]{2,3}\b)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AtAProvider();

    // naam [at] school punt nl, naam(at)school.nl, naam apenstaartje school.nl, naam at school dot nl
    [GeneratedRegex(@"(?<![\p{L}\d._%+-])[\p{L}\d][\p{L}\d._%+-]{0,63} ?(?:[\[({<] ?(?:at|apenstaartje|apenstaart|@|a) ?[\])}>]|(?<= )(?:at|apenstaartje|apenstaart|@)(?= )|@) ?[\p{L}\d-]{1,63}(?: ?(?:\.|[\[({<] ?(?:punt|dot|\.) ?[\])}>]|(?<= )(?:punt|dot)(?= )) ?[\p{L}\d-]{1,63}){0,3} ?(?:\.|[\[({<] ?(?:punt|dot|\.) ?[\])}>]|(?<= )(?:punt|dot)(?= )) ?(?:nl|com|be|org|net|eu|de|info|uk|edu|frl|school)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Disguised();

    [GeneratedRegex(@"(?<![\p{L}\d_@＠./-])(?<name>[@＠][\p{L}_][\p{L}\d_]*(?:[.\-][\p{L}\d_]+)*)(?![\p{L}\d]*[@＠])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Handle();

    // insta: fennadanst, haar snap is fennadanst, tiktok fennadanst99: bare only with a digit or sign that no word has.
    [GeneratedRegex(@"\b(?:(?<whose>haar|zijn|mijn|her|his|my|\p{Lu}\p{L}+'?s) )?(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|ig|discord|roblox|twitter|twitch|telegram|skype|facebook|gamertag|psn|username|gebruikersnaam)(?:-?account| account|-?naam)?(?:(?: is| heet)? ?[:=] ?(?<name>[@\p{L}\d][\p{L}\d_.#-]{2,40})|(?(whose) (?:is|heet) (?<name>[\p{L}\d][\p{L}\d_.#-]{4,40})|(?!)))|\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|discord|roblox|gamertag)(?:-?account|-?naam)?(?: is| heet)? (?<name>(?=\p{L}{3,}[\d_#.-]{0,3}[\p{L}\d_#-]*[\d_#])\p{L}[\p{L}\d_.#-]{3,40})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Announced();

    [GeneratedRegex(@"(?<![\p{L}\d-])(?:https?://)?(?:[a-z-]{1,10}\.)?(?:facebook\.com|fb\.com|fb\.me|instagram\.com|instagr\.am|tiktok\.com|snapchat\.com|twitter\.com|x\.com|linkedin\.com|youtube\.com/(?=@|user|channel|c/)|t\.me|wa\.me|threads\.net|pinterest\.com|twitch\.tv|strava\.com|hyves\.nl|linktr\.ee|discord\.gg|whatsapp\.com|bere\.al|vsco\.co|threads\.com|roblox\.com)/?[\w@./?=&%~-]{2,200}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Profile();
}
