namespace PublicationGate.Intake;

/// <summary>What stands at a path, links not followed.</summary>
internal enum FileKind
{
    Missing,
    Regular,
    Folder,
    Link,
    Special,
    Unknown,
}
