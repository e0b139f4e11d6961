using PublicationGate.Consent;

namespace PublicationGate.Rules;

/// <summary>
/// The photo was made by the school itself (P5). A parent's photo with other children than its own is refused where anyone can see it
/// and held elsewhere; one with a single pupil may be of the parent's own, which a person must confirm. What a third party made or
/// posted needs the recorded permission that the declaration refers to (M7, M14). Once a school has registered its cameras, a photo
/// declared as theirs must not name another, and on a public channel nobody may leave open where a photo comes from; a school that
/// registered none has no way to tell, so there an origin that was not declared passes.
/// </summary>
internal sealed class OriginIsTheSchoolsRule : IRule
{
    public string Code => "origin-is-the-schools";

    public IReadOnlyList<string> Clauses { get; } = ["P5", "M3", "M7", "M14"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var isPublic = protocol.TermsOf(photo.Declaration.Channel).IsPublic;
        (string Clause, Outcome Outcome, string Text)? found = Origin.Of(photo, protocol) switch
        {
            "parent" => HasOtherChildren(photo) && isPublic ? ("P5", Outcome.Rejected, "origin.parent-others") : ("P5", Outcome.Held, "origin.parent"),
            "third-party" when photo.Consent.Permission?.Subject != PermissionSubject.Work => ("M7", Outcome.Held, "origin.third-party"),
            "repost" when photo.Consent.Permission?.Subject != PermissionSubject.Repost => ("M14", Outcome.Held, "origin.repost"),
            Origin.SchoolCamera when Origin.IsOfAnotherCamera(photo, protocol) => ("P5", Outcome.Held, "origin.another-camera"),
            null when isPublic && protocol.Cameras.Count > 0 => ("P5", Outcome.Held, "origin.unknown"),
            _ => null,
        };
        if (found is { } finding)
        {
            yield return new Finding(Code, finding.Clause, finding.Outcome, Texts.Get(finding.Text));
        }
    }

    private static bool HasOtherChildren(PhotoFacts photo) => photo.Consent.Pupils.Count > 1 || photo.Faces.Sure.Count > 1;
}
