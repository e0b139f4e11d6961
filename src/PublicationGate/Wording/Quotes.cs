using System.Text.RegularExpressions;

namespace PublicationGate.Wording;

/// <summary>
/// Finds words in quotation marks that are attributed to somebody: "zegt", a name before a colon, a name behind a dash. Titles of books and
/// plays, nicknames and shouts of nobody in particular are left alone.
/// </summary>
internal sealed partial class Quotes(RegisterIndex index)
{
    // What stands beside the quotation is looked at no further than this.
    private const int Reach = 90;

    private const int LongestTitle = 6;

    /// <summary>The quotations, in reading order.</summary>
    public IEnumerable<TextFinding> Find(SearchedText text)
    {
        if (text.IsName)
        {
            yield break;
        }

        foreach (Match match in Quoted().Matches(text.Text))
        {
            if (IsAttributed(text.Text, match))
            {
                yield return text.FoundAt(TextFindingKind.Quote, match.Index, match.Index + match.Length, isSure: false);
            }
        }

        foreach (Match match in Unmarked().Matches(text.Text))
        {
            yield return text.FoundAt(TextFindingKind.Quote, match.Index, match.Index + match.Length, isSure: false);
        }

        foreach (Match match in NameAndColon().Matches(text.Text))
        {
            var name = match.Groups["name"];
            if (index.FirstNames.Contains(Consent.NameFolding.Fold(name.Value)))
            {
                yield return text.FoundAt(TextFindingKind.Quote, match.Index, match.Index + match.Length, isSure: false);
            }
        }
    }

    private bool IsAttributed(string text, Match quote)
    {
        var before = text[Math.Max(0, quote.Index - Reach)..quote.Index];
        var end = quote.Index + quote.Length;
        var after = text[end..Math.Min(text.Length, end + Reach)];
        var inside = quote.Value[1..^1].Trim();
        if (inside.Length < 2)
        {
            return false;
        }

        if (SaysBefore().IsMatch(before) || SaysAfter().IsMatch(after))
        {
            return true;
        }

        if (PersonBefore().Match(before) is { Success: true } who && IsSomebody(who.Groups["name"].Value))
        {
            return true;
        }

        if (PersonAfter().Match(after) is { Success: true } whose && (IsSomebody(whose.Groups["name"].Value) || whose.Groups["title"].Success) && !IsTitle(inside))
        {
            return true;
        }

        return !IsTitle(inside) && (SaysNearBefore().IsMatch(before) || SaysNearAfter().IsMatch(after));
    }

    private bool IsSomebody(string name) => name.Length > 0 && (char.IsLower(name[0]) || index.IsFirstName(Consent.NameFolding.Fold(name)) || !NameWords.NotSurnames.Contains(Consent.NameFolding.Fold(name)));

    // "De Gruffalo", "Wie is de Mol?", "groep 8": few words that say nothing of a speaker.
    private static bool IsTitle(string inside)
    {
        var words = inside.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= LongestTitle && !inside.EndsWith('.') && !inside.EndsWith('!') && !inside.EndsWith(',') && !Speaker().IsMatch(inside);
    }

    private const string Verbs = "zegt|zei|zeiden|zeggen wij|aldus|vertelt|vertelde|vertelden|roept|riep|riepen|gilt|gilde|juicht|juichte|fluistert|fluisterde|vraagt|vroeg|vroegen|antwoordt|antwoordde|lacht|lachte|grapt|grapte|schreeuwt|schreeuwde|schrijft|schreef|verzucht|verzuchtte|meent|meende|voegt toe|legt uit|legde uit|glundert|glunderde|straalt|knikt|bekent|appte|mailde|reageert|reageerde|noteerde|concludeert|concludeerde|says|said|told|tells|shouted|shouts|asked|asks|explained|explains|laughed|laughs|smiled|smiles|adds|added|replied|replies|whispered|exclaimed|wrote|writes|giggled|cheered|remarked";

    private const string Person = @"(?:(?<title>[Jj]uf|[Mm]eester|[Mm]eneer|[Mm]evrouw|[Oo]pa|[Oo]ma|[Mm]iss|[Mm]r\.?|[Mm]rs\.?|[Dd]irecteur|[Mm]oeder|[Vv]ader|[Oo]uder)s? )?(?:van )?(?<name>\p{Lu}\p{L}+|(?:[Ee]en|[Éé]én|[Aa]|[Oo]ne|[Dd]e|[Tt]he) (?:leerling|ouder|vader|moeder|kind|jongen|meisje|kleuter|leerkracht|pupil|parent|child|boy|girl|teacher|mother|father|directeur|juf|meester)[^:""“„'‘«.!?\n]{0,30}|[Ll]eerlingen|[Kk]inderen|[Oo]uders|[Pp]arents|[Pp]upils|[Cc]hildren)";

    [GeneratedRegex(@"""[^""\n]{2,500}""|[“„”][^“”„\n]{2,500}[“”]|«[^»\n]{2,500}»|»[^«\n]{2,500}«|‹[^›\n]{2,500}›|(?<![\p{L}\d])‘(?!(?:s|t|n|k|m|r)[\s-])[^‘\n]{2,500}?’(?!\p{L})|(?<![\p{L}\d])‚[^‘’\n]{2,500}?[‘’](?!\p{L})|(?<![\p{L}\d])['’](?!(?:s|t|n|k|m|r|em|ie)[\s-])(?=\p{L})[^'’\n]*(?:(?<=\p{L})['’](?=\p{L})[^'’\n]*){0,8}['’](?!\p{L})|(?<![`\p{L}])``?[^`\n]{2,500}?(?:``?|'')", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quoted();

    // Before: zegt Noor: "…", Noor zegt "…"
    [GeneratedRegex(@"\b(?:" + Verbs + @")\b(?:\s+\p{L}+){0,4}\s*[:,]\s*$|\b(?:" + Verbs + @")\b(?:\s+(?:\p{Lu}\p{L}+|juf|meester|trots|blij|lachend|enthousiast|stralend|dan|toen|ook|nog|we|ze|hij|iedereen|hard|luid|with|happily)){0,2}\s*$|\b(?:volgens|according to|aldus|in de woorden van|om met|quote van|citaat van|uitspraak van|reactie van)\s+[^.!?\n]{1,40}\s*[:,]?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SaysBefore();

    [GeneratedRegex(@"^\s*[,.!?]?\s*[-–—]?\s*(?:,\s*)?(?:zo |dat |is wat |dus |ook |was what )?(?:" + Verbs + @"|volgens|according to|vond(?:en)?|vindt|vinden|klonk het uit|klinkt het|hoorden we|kregen we te horen)\b|^\s*,?\s*(?:he|she|they|hij|zij|ze|\p{Lu}\p{L}+)\s+(?:" + Verbs + @")\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SaysAfter();

    [GeneratedRegex(@"\b(?:zegt|zei|zeiden|aldus|vertelt|vertelde|roept|riep|riepen|vroeg|vond|vonden|vindt|vinden|noemde|noemt|says|said|told us|shouted|asked|thought|thinks)\b[^.!?\n]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SaysNearBefore();

    [GeneratedRegex(@"^[^.!?\n]*\b(?:zegt|zei|zeiden|aldus|vertelt|vertelde|roept|riep|riepen|says|said|told us|shouted)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SaysNearAfter();

    [GeneratedRegex(@"(?:^|[\s(])" + Person + @"(?:\s*\([^)\n]{1,20}\)|,? (?:uit|van|from|of) (?:groep|klas|group|year|class|grade) ?\d\w?)?\s*:\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PersonBefore();

    [GeneratedRegex(@"^\s*[.,!]?\s*[-–—~(,]+\s*" + Person, RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PersonAfter();

    // Het was superleuk, aldus Noor.   Noor zegt: ik vond het leuk.
    [GeneratedRegex(@"\b[Aa]ldus\s+(?:\p{L}+\s+){0,2}\p{Lu}\p{L}+|\b(?:zegt|zei|vertelt|vertelde|roept|riep|says|said|aldus)(?: (?:juf|meester|meneer|mevrouw|miss|mr\.?|mrs\.?))?(?: \p{L}+)?:\s+(?![""“„”«'‘’‚`\s])[^\n.!?]{8,200}|\p{Lu}\p{L}+ (?:zegt|zei|vertelde|roept|riep|says|said):\s+(?![""“„”«'‘’‚`\s])[^\n.!?]{4,200}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unmarked();

    // Noor: ik vond het heel leuk!
    [GeneratedRegex(@"(?:^|[\n.!?] ?|[-•*] )(?<name>\p{Lu}\p{L}+)(?: \([^)\n]{1,20}\))?:\s+(?:[Ii]k|[Ww]ij|[Ww]e|[Mm]ijn|[Hh]et was|[Ii]|[Ii]t was|[Mm]y|[Ww]e)\b[^\n.!?]{3,200}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameAndColon();

    [GeneratedRegex(@"\b(?:ik|mij|mijn|me|wij|ons|je|jij|jullie|het was|het is|dit is|dit was|wat een|zo leuk|I|my|me|our|us|it was|it is|this is|this was|that was|you)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Speaker();
}
