using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

public class MeasurePortraitsCommandTests
{
    [Test]
    public void Shows_how_far_the_largest_face_stands_out()
    {
        using var gate = new Gate();
        var photos = Path.Combine(Repository.Root, "node_modules/soft-ui-design-system/assets/img");
        var run = gate.Run("measure", "portraits", Path.Combine(photos, "team-1.jpg"), Path.Combine(photos, "meeting.jpg"), "--language", "en");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Out, Does.Match(@"meeting\.jpg\W+4\W+2\.0\W+0\.008\W+[\d.]+\W+no").And.Match(@"team-1\.jpg\W+1\W+-"));
    }
}
