using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

public class NetworkFileSystemsTests
{
    private static readonly string[] Mounts =
    [
        "/dev/sda1 / ext4 rw 0 0", "nas:/foto /mnt/foto nfs4 rw 0 0", "//nas/school /mnt/school\\040foto's cifs rw 0 0", "me@host: /mnt/ssh fuse.sshfs rw 0 0",
        "tmpfs /mnt/foto/lokaal tmpfs rw 0 0", "host /host 9p rw 0 0",
    ];

    [TestCase("/home/school", false)]
    [TestCase("/mnt/foto", true)]
    [TestCase("/mnt/foto/2026", true)]
    [TestCase("/mnt/foto/lokaal/x", false)]
    [TestCase("/mnt/fotos", false)]
    [TestCase("/mnt/school foto's/in", true)]
    [TestCase("/mnt/ssh/in", true)]
    [TestCase("/host", true)]
    public void Are_told_by_the_mount_that_a_folder_lies_on(string folder, bool isOfNetwork) =>
        Assert.That(NetworkFileSystems.IsOfNetwork(NetworkFileSystems.TypeOf(folder, Mounts)), Is.EqualTo(isOfNetwork));

    [Test]
    public void A_temporary_folder_is_not_of_a_network() => Assert.That(NetworkFileSystems.Holds(Path.GetTempPath()), Is.False);
}
