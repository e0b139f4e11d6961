using System.Text.RegularExpressions;

namespace PublicationGate.Intake;

/// <summary>Names in an inbox that are nobody's photo: what programs write while they copy, and what systems leave in folders.</summary>
/// <remarks>
/// Collected from the documentation of the programs: rsync, Syncthing and Nextcloud write dot files; Syncthing on Windows <c>~syncthing~</c>;
/// rclone <c>NAME.12ab34cd.partial</c>; browsers <c>.crdownload</c>, <c>.part</c>, <c>.download</c>, <c>.opdownload</c>; WinSCP and FileZilla <c>.filepart</c>;
/// OneDrive <c>~$…</c> and <c>.laccdb</c>; Office <c>~$…</c>; editors <c>NAME~</c>; Synology <c>@eaDir</c>; QNAP <c>@Recycle</c>.
/// </remarks>
public static partial class IgnoredNames
{
    /// <summary>Whether a file or folder of this name is left out, with all that is in it.</summary>
    public static bool Includes(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(
        """
        \A(?:
            \..*                                                                                    # hidden; .syncthing.*, .stfolder, .stversions, .~lock, ._*, .DS_Store, .nfs*
          | ~syncthing~.* | ~\$.* | .*~
          | .*\.(?:partial|part|partfile|filepart|tmp|temp|crdownload|opdownload|download|dropbox-tmp|dropboxtemp|ocTransferId\d+(?:\.part)?|lock|lck|swp|aria2|!ut|!sync|bts|laccdb)
          | .*\.sb-[0-9a-f]{8}-.* | .*\.tmp\.\w{1,16} | .*\.goutputstream-.*
          | @eaDir | @SynoResource | @Recycle | @Recently-Snapshot | \#recycle | \#snapshot | lost\+found | \$RECYCLE\.BIN | System\ Volume\ Information
          | Thumbs\.db(?:::.*)? | ehthumbs(?:_vista)?\.db | desktop\.ini | Icon\r | __MACOSX
        )\z
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
