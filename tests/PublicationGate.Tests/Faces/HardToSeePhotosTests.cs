using PublicationGate.Faces;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>No photo that holds a face gives "nobody" with certainty: small and dark ones are doubtful or too poor to tell.</summary>
public class HardToSeePhotosTests
{
    [TestCase("retinaface")]
    [TestCase("yunet")]
    public void A_small_and_dark_photo_of_people_is_never_surely_empty(string model)
    {
        var photos = LabelledPhotos.Read(TestFiles.Shared("faces/labels.json")).Where(photo => photo.Count > 0).Select(photo => photo.Path)
            .Concat(RealFacesTests.Portraits.Select(name => TestFiles.InRepository($"node_modules/soft-ui-design-system/assets/img/{name}.jpg"))).ToList();
        var looks = photos.SelectMany(path =>
        {
            using var photo = Edits.Open(File.ReadAllBytes(path), 20000);
            using var small = photo.Shrunk(0.25);
            return new[] { 1, 0.5, 0.25, 0.1 }.Select(factor =>
            {
                using var dark = small.Toned(factor);
                return (Name: Path.GetFileName(path), Factor: factor, Size: $"{dark.Width}x{dark.Height}", Faces: RealModel.Count(dark.AsPng(), model));
            }).ToList();
        }).ToList();
        foreach (var factor in looks.GroupBy(look => look.Factor))
        {
            var nobody = factor.Where(look => look.Faces.Sure.Count == 0).ToList();
            TestContext.Out.WriteLine($"{model} at a quarter of the size and {factor.Key} of the light: no sure face in {nobody.Count} of {factor.Count()}"
                + $" ({nobody.Count(look => look.Faces.Doubtful.Count > 0)} with a doubt, {nobody.Count(look => !look.Faces.IsClearEnough)} not clear, {nobody.Count(look => look.Faces.Doubtful.Count == 0 && look.Faces.IsClearEnough)} neither)");
        }

        var surelyEmpty = looks.Where(look => look.Faces is { Sure.Count: 0, Doubtful.Count: 0, IsClearEnough: true });
        Assert.That(surelyEmpty.Select(look => $"{look.Name} {look.Size} at {look.Factor}"), Is.Empty);
    }
}
