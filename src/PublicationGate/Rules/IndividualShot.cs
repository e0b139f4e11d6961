using PublicationGate.Faces;
using PublicationGate.Imaging;

namespace PublicationGate.Rules;

/// <summary>Whether a photo shows a pupil alone. A portrait with bystanders is a portrait.</summary>
public static class IndividualShot
{
    /// <summary>
    /// True when pupils are declared and the submitter calls it individual, one face, or at most one face of a pupil, is visible, one pupil is declared, or
    /// one face dominates. Without any visible face nothing can be said: that holds elsewhere.
    /// </summary>
    public static bool Is(PhotoFacts photo, Protocol protocol)
    {
        if (photo.Consent.Pupils.Count == 0 || photo.Faces.Sure.Count == 0)
        {
            return false;
        }

        // A single face may be the pupil's although an adult is declared too: the adult may be the one who cannot be seen.
        var isOne = photo.PupilFaces <= 1 || photo.Faces.Sure.Count == 1;
        return photo.Declaration.Situation == "individual" || isOne || photo.Consent.Pupils.Count == 1 || (photo.Image is { } image && HasDominantFace(photo.Faces, image, protocol));
    }

    /// <summary>
    /// One face is far larger than the next and takes a fair part of the picture, or it is the largest and the only one in focus.
    /// </summary>
    public static bool HasDominantFace(FaceFacts faces, ImageHeader image, Protocol protocol)
    {
        var areas = faces.Sure.Select(face => face.Area).OrderDescending().Take(2).ToArray();
        return areas.Length == 2 && (IsAloneInFocus(faces, protocol) || (areas[0] >= protocol.DominantFaceTimesNext * areas[1]
            && areas[0] >= protocol.DominantFaceShare * image.Width * image.Height));
    }

    private static bool IsAloneInFocus(FaceFacts faces, Protocol protocol)
    {
        // No detail at all, as in a drawn plane, is no focus: zero would be three times zero.
        var largest = faces.Geometry.MaxBy(face => face.AreaShare);
        return largest is { Sharpness: > 0 } && faces.Geometry.All(face => ReferenceEquals(face, largest) || largest.Sharpness >= protocol.DominantFaceTimesSharper * face.Sharpness);
    }
}
