using System.ComponentModel;
using System.Diagnostics;

namespace PublicationGate.Tests.Support;

/// <summary>ExifTool of Debian, which writes metadata as the world does. Tests that need it are left out, by name, where it is missing.</summary>
internal static class ExifTool
{
    /// <summary>The file with tags written into it, such as <c>-XMP-dc:Creator=Juf Ama</c>.</summary>
    public static byte[] Write(byte[] file, string extension, params string[] tags)
    {
        using var folder = new Intake.TemporaryFolder();
        folder.Write("x." + extension, file);
        var said = Run([.. tags, "-q", "-m", "-overwrite_original", folder["x." + extension]]);
        var written = File.ReadAllBytes(folder["x." + extension]);
        Assert.That(written, Is.Not.EqualTo(file), said);
        return written;
    }

    private static string Run(IEnumerable<string> arguments)
    {
        try
        {
            using var tool = Process.Start(new ProcessStartInfo("exiftool", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = tool.StandardError.ReadToEnd();
            tool.WaitForExit();
            return said;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("left out: exiftool is missing (libimage-exiftool-perl)");
            throw;
        }
    }
}
