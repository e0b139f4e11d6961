using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

public class FaceGeometryTests
{
    [Test]
    public void Each_face_is_told_by_its_share_its_size_against_the_next_and_its_distance_from_the_centre()
    {
        using var picture = Pictures.Plain(200, 100);
        var geometry = FaceGeometry.Of([new(90, 40, 20, 20, 1), new(0, 0, 10, 10, 1), new(190, 90, 10, 20, 1)], picture);
        Assert.Multiple(() =>
        {
            Assert.That(geometry.Select(face => face.AreaShare), Is.EqualTo(new[] { 0.02f, 0.005f, 0.01f }).Within(1e-6));
            Assert.That(geometry.Select(face => face.TimesNext), Is.EqualTo(new float?[] { 2, 0.25f, 0.5f }));
            Assert.That(geometry[0].DistanceFromCentre, Is.Zero.Within(1e-6));
            Assert.That(geometry[1].DistanceFromCentre, Is.EqualTo(Math.Sqrt(2 * ((0.475 * 0.475) + (0.45 * 0.45)))).Within(1e-6));
        });
    }

    [TestCase(0, 0, 1f, Description = "a corner")]
    [TestCase(200, 100, 1f)]
    [TestCase(100, 0, 0.70710677f, Description = "the middle of a side")]
    [TestCase(0, 50, 0.70710677f)]
    [TestCase(100, 50, 0f)]
    public void A_corner_is_one_away_from_the_centre_whatever_the_shape(float x, float y, float distance)
    {
        using var picture = Pictures.Plain(200, 100);
        Assert.That(FaceGeometry.Of([new(x - 5, y - 5, 10, 10, 1)], picture).Single().DistanceFromCentre, Is.EqualTo(distance).Within(1e-5));
    }

    [Test]
    public void One_face_alone_has_no_next_and_two_of_one_size_are_equals()
    {
        using var picture = Pictures.Plain(200, 100);
        Assert.That(FaceGeometry.Of([new(0, 0, 10, 10, 1)], picture).Single().TimesNext, Is.Null);
        Assert.That(FaceGeometry.Of([new(0, 0, 10, 10, 1), new(50, 0, 10, 10, 1)], picture).Select(face => face.TimesNext), Has.All.EqualTo(1f));
        Assert.That(FaceGeometry.Of([], picture), Is.Empty);
    }

    [TestCase(0, 0, 500, 500, Description = "larger than the picture")]
    [TestCase(-50, -50, 20, 20, Description = "outside")]
    [TestCase(300, 300, 20, 20)]
    [TestCase(10, 10, 0.5f, 0.5f, Description = "less than a pixel")]
    public void A_box_anywhere_has_a_sharpness(float x, float y, float width, float height)
    {
        using var picture = Pictures.Plain(200, 100);
        Assert.That(FaceGeometry.SharpnessOf(new(x, y, width, height, 1), picture), Is.Zero);
    }

    [TestCaseSource(nameof(Faces))]
    public void The_more_a_face_is_blurred_the_less_sharp_it_is(string name)
    {
        var (picture, face) = FaceIn(name);
        using (picture)
        {
            // Blur is measured in pixels of the box at 32 x 32.
            var sharpness = new[] { 0, 0.5, 1, 2 }.Select(blur =>
            {
                using var blurred = blur == 0 ? picture.Toned(1) : picture.Blurred(blur * face.Width / 32);
                return FaceGeometry.SharpnessOf(face, blurred);
            }).ToList();
            TestContext.Out.WriteLine($"{name}: {string.Join(", ", sharpness)}");
            Assert.That(sharpness, Is.Ordered.Descending.And.Unique);
            Assert.That(sharpness[2], Is.LessThan(0.6 * sharpness[0]));
        }
    }

    [TestCaseSource(nameof(Faces))]
    public void Sharpness_does_not_depend_on_contrast_or_brightness(string name)
    {
        var (picture, face) = FaceIn(name);
        using (picture)
        using (var flat = picture.Toned(0.4))
        using (var bright = picture.Toned(0.5, 100))
        {
            var sharpness = FaceGeometry.SharpnessOf(face, picture);
            Assert.That(FaceGeometry.SharpnessOf(face, flat), Is.EqualTo(sharpness).Within(10).Percent);
            Assert.That(FaceGeometry.SharpnessOf(face, bright), Is.EqualTo(sharpness).Within(10).Percent);
        }
    }

    [Test]
    public void The_facts_hold_the_geometry_of_each_sure_face_in_the_same_order()
    {
        var facts = RealModel.Count(TestFiles.Photo("meeting.jpg"));
        Assert.That(facts.Geometry, Has.Count.EqualTo(facts.Sure.Count).And.Count.GreaterThan(1));
        var header = Photos.Decoder.ReadHeader(TestFiles.Photo("meeting.jpg"));
        Assert.That(facts.Geometry.Select(face => face.AreaShare), Is.EqualTo(facts.Sure.Select(face => face.Area / header.Width / header.Height)).Within(1).Percent);
    }

    private static string[] Faces => ["team-1", "team-2", "team-3", "ivana", "marie", "bruce-mars"];

    private static (PixelImage Picture, FaceBox Face) FaceIn(string name)
    {
        var photo = TestFiles.Photo(name + ".jpg");
        var picture = Edits.Open(photo);
        var scale = (float)picture.Width / Photos.Decoder.ReadHeader(photo).Width;
        return (picture, RealModel.Count(photo).Sure.Single().Scaled(scale));
    }
}
