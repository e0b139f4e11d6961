using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

public class IgnoredNamesTests
{
    [TestCase("a.jpg.partial"), TestCase("a.jpg.abc123.partial"), TestCase("a.jpg.1a2b3c4d.partial"), TestCase("a.jpg.part"), TestCase("a.jpg.PART"), TestCase("a.tmp"), TestCase("a.jpg.crdownload")]
    [TestCase(".syncthing.a.jpg.tmp"), TestCase("~syncthing~a.jpg.tmp"), TestCase(".stfolder"), TestCase(".stversions"), TestCase(".a.jpg.XyZ12a"), TestCase("@eaDir"), TestCase("Thumbs.db"), TestCase("THUMBS.DB")]
    [TestCase("desktop.ini"), TestCase("a.jpg~"), TestCase("~$album.docx"), TestCase("a.jpg.filepart"), TestCase("a.jpg.ocTransferId1234.part"), TestCase(".DS_Store"), TestCase("._a.jpg"), TestCase("a.jpg.download")]
    [TestCase("#recycle"), TestCase("lost+found"), TestCase("a.jpg.sb-1234abcd-XyZ"), TestCase("$RECYCLE.BIN"), TestCase(".~lock.a.odt#"), TestCase(".nfs0000012"), TestCase("a.jpg.tmp.4711")]
    public void Leaves_out(string name) => Assert.That(IgnoredNames.Includes(name), Is.True);

    [TestCase("a.jpg"), TestCase("IMG_0001.JPG"), TestCase("partial.jpg"), TestCase("a.partial.jpg"), TestCase("tmp"), TestCase("foto ~ 3.jpg"), TestCase("$5 taart.jpg"), TestCase("#trots.png"), TestCase("desktop.ini.jpg"), TestCase("Thumbs.db.jpg")]
    public void Keeps(string name) => Assert.That(IgnoredNames.Includes(name), Is.False);
}
