using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging;

/// <summary>Files that were made to break image software. What libvips says of each stands in the corpus' INDEX.csv.</summary>
[Category("Corpus")]
public class BadCorpusTests
{
    private const string Folder = "corpora/bad/";

    private static IEnumerable<TestCaseData> Files()
    {
        var index = TestFiles.SharedPath(Folder + "INDEX.csv");
        var lines = File.Exists(index) ? File.ReadLines(index).Skip(1) : [];
        return lines.Select(line => line.Split(',')).Select(cells => new TestCaseData(cells[0], cells[^3], cells[^2], cells[^1]).SetName("{m}(" + cells[0] + ")"));
    }

    [Test]
    public void The_corpus_is_there() => Assert.That(TestFiles.Shared(Folder + "INDEX.csv"), Does.Exist);

    [TestCaseSource(nameof(Files))]
    public void Decodes_or_gives_its_problem(string path, string atNone, string atError, string atWarning)
    {
        var hasWarned = false;
        var problem = Look(File.ReadAllBytes(TestFiles.Shared(Folder + path)), () => hasWarned = true);

        if (atError != "decoded")
        {
            Assert.That(problem, Is.Not.EqualTo(ImageProblem.None), $"libvips: {atNone} at none, {atError} at error");
        }
        else if (problem == ImageProblem.None)
        {
            Assert.That(hasWarned, Is.EqualTo(atWarning != "decoded"), $"libvips: {atWarning} at warning");
        }
        else
        {
            TestContext.Out.WriteLine($"stricter than libvips: {path} is {problem}");
            Assert.That(problem, Is.Not.EqualTo(ImageProblem.Damaged).And.Not.EqualTo(ImageProblem.NotAPicture), "libvips decodes it without an error");
        }
    }

    // Every other exception than the one that is caught here fails the test.
    private static ImageProblem Look(byte[] file, Action onWarning)
    {
        try
        {
            Assert.That(Photos.Decode(file, onWarning: onWarning), Is.Not.Empty);
            return ImageProblem.None;
        }
        catch (UnreadableImageException unreadable)
        {
            return unreadable.Problem;
        }
    }
}
