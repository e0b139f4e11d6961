using PublicationGate.Faces;
using PublicationGate.Rules;

namespace PublicationGate.App.Pages;

/// <summary>A photo with what was counted in it drawn over it, for <c>_Overlay</c>: numbered boxes, doubtful ones dashed. The page names <c>overlay.css</c> in its head.</summary>
/// <param name="Picture">Address of the picture.</param>
/// <param name="Width">Width in pixels of the upright original.</param>
/// <param name="Height">Height in the same pixels.</param>
/// <param name="Boxes">What to draw, in the same pixels.</param>
internal sealed record Overlay(string Picture, int Width, int Height, IReadOnlyList<OverlayBox> Boxes)
{
    // A number is read on a telephone, where the picture is some 350 pixels wide.
    private const float TagsALongSide = 26;

    /// <summary>Text for those who cannot see the picture; null for how many boxes there are.</summary>
    public string? Alt { get; init; }

    /// <summary>Height of a number's tag in pixels of the original.</summary>
    public float TagHeight => Math.Max(Width, Height) / TagsALongSide;

    /// <summary>How many boxes are sure, without those that a reviewer said are no face, or made unrecognisable.</summary>
    public int Sure => Boxes.Count(box => box is { IsDoubtful: false, Mark: null or "adult" });

    /// <summary>How many are doubtful.</summary>
    public int Doubtful => Boxes.Count(box => box.IsDoubtful);

    /// <summary>The overlay of a photo that was judged: sure boxes first, in the order of the facts. Null when its picture could not be read.</summary>
    public static Overlay? Of(PhotoFacts photo, string picture) => photo.Image is not { } image ? null : new(picture, image.Width, image.Height,
    [
        .. photo.Faces.Sure.Select((box, index) => new OverlayBox(index + 1, box, false)),
        .. photo.Faces.Doubtful.Select((box, index) => new OverlayBox(photo.Faces.Sure.Count + index + 1, box, true)),
    ]);

    /// <summary>Width of the tag of a number.</summary>
    public float TagWidth(int number) => TagHeight * (number < 10 ? 0.9f : number < 100 ? 1.35f : 1.8f);

    /// <summary>Left edge of the tag of a box: at the box, within the picture.</summary>
    public float TagLeft(OverlayBox box) => Math.Clamp(box.Box.X, 0, Math.Max(0, Width - TagWidth(box.Number)));

    /// <summary>Top edge of the tag of a box: on the box, or in it where there is no room above.</summary>
    public float TagTop(OverlayBox box) => Math.Clamp(box.Box.Y - TagHeight < 0 ? box.Box.Y : box.Box.Y - TagHeight, 0, Math.Max(0, Height - TagHeight));
}

/// <summary>One box on a photo.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Box">Where it is.</param>
/// <param name="IsDoubtful">Drawn dashed.</param>
internal sealed record OverlayBox(int Number, FaceBox Box, bool IsDoubtful)
{
    /// <summary>A further class, for what somebody said of it.</summary>
    public string? Mark { get; init; }
}
