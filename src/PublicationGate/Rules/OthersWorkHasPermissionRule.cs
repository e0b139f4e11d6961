using System.Text.RegularExpressions;
using PublicationGate.Consent;
using PublicationGate.Imaging;

namespace PublicationGate.Rules;

/// <summary>
/// Where the file names a maker or an owner of rights that is not the school's own, the maker's permission is on file (M7). The school's
/// makers stand in its protocol file. What cameras write by themselves names nobody.
/// </summary>
internal sealed partial class OthersWorkHasPermissionRule : IRule
{
    // What cameras and programs fill in when nobody did.
    private static readonly HashSet<string> Nobody =
        ["unknown", "none", "n/a", "na", "default", "user", "owner", "author", "artist", "photographer", "picasa", "your name", "all rights reserved", "onbekend", "geen", "digital camera", "camera"];

    public string Code => "others-work-has-permission";

    public IReadOnlyList<string> Clauses { get; } = ["M7"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var own = protocol.Makers.Append(protocol.School).Select(Bare).ToHashSet();
        var others = photo.Metadata.Entries.Where(entry => entry.Kind == MetadataKind.Maker && NamesAnother(Bare(entry.Value), own, photo.Metadata.Camera)).ToList();
        if (others.Count > 0 && photo.Consent.Permission?.Subject != PermissionSubject.Work)
        {
            yield return new Finding(Code, "M7", Outcome.Held, Texts.Get("metadata.maker", ("tags", string.Join(", ", others.Select(entry => Printable.Of(entry.Tag)).Distinct().Take(4)))));
        }
    }

    private static bool NamesAnother(string maker, HashSet<string> own, CameraIdentity? camera) =>
        maker.Any(char.IsLetter) && !Nobody.Contains(maker) && !own.Contains(maker)
        && maker != Bare(camera?.Make ?? "") && maker != Bare(camera?.Model ?? "") && maker != Bare($"{camera?.Make} {camera?.Model}");

    // "© 2026 De Wegwijzer. All rights reserved" is the school's as well.
    private static string Bare(string maker) => Ornaments().Replace(NameFolding.Fold(maker), " ").Trim(' ', '.', ',', ';', ':', '-', '|').Replace("  ", " ", StringComparison.Ordinal);

    [GeneratedRegex(@"©|®|™|\(c\)|\(r\)|\bcopyright\b|\b(?:19|20)\d\d(?:\s*-\s*(?:19|20)?\d\d)?\b|(?<=.)\ball rights reserved\b|(?<=.)\balle rechten voorbehouden\b|(?<=^|\s)(?:foto|photo|photo by|foto van|by|door):?(?=\s)")]
    private static partial Regex Ornaments();
}
