using PublicationGate.Consent;
using PublicationGate.Imaging;

namespace PublicationGate.Rules;

/// <summary>Where a photo comes from: what it shows of that by itself, and else what was declared.</summary>
internal static class Origin
{
    public const string SchoolCamera = "school-camera";

    /// <summary>
    /// The declared origin; <see cref="SchoolCamera"/> where nothing was declared and the photo shows it; null when nobody knows. What a
    /// person declares of parents and others is not overruled: a parent may hold the school's camera.
    /// </summary>
    public static string? Of(PhotoFacts photo, Protocol protocol) =>
        photo.Declaration.Origin ?? (IsOfSchoolCamera(photo, protocol) ? SchoolCamera : null);

    /// <summary>The photo names a registered camera, or comes from the folder of one.</summary>
    public static bool IsOfSchoolCamera(PhotoFacts photo, Protocol protocol) => protocol.Cameras.Any(camera => Is(camera, photo));

    /// <summary>The photo names a camera, the school registered its cameras by what they write, and none of them is it.</summary>
    public static bool IsOfAnotherCamera(PhotoFacts photo, Protocol protocol) =>
        photo.Metadata.Camera is { } camera && (camera.Make ?? camera.Model) is not null && protocol.Cameras.Any(own => own.Make is not null || own.Model is not null) && !IsOfSchoolCamera(photo, protocol);

    // A camera that is registered by several marks must show all of them.
    private static bool Is(SchoolCamera own, PhotoFacts photo)
    {
        var camera = photo.Metadata.Camera ?? new CameraIdentity(null, null, null);
        return (own.Make ?? own.Model ?? own.Serial ?? own.Folder) is not null
            && Fits(own.Make, camera.Make) && Fits(own.Model, camera.Model) && Fits(own.Serial, camera.Serial) && Fits(own.Folder, photo.FolderName);
    }

    private static bool Fits(string? registered, string? found) =>
        registered is null || (found is not null && NameFolding.Fold(registered).Trim() == NameFolding.Fold(found).Trim());
}
