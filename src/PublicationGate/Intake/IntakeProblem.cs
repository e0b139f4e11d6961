namespace PublicationGate.Intake;

/// <summary>Why the content of a file could not be taken in. Anything but <see cref="None"/> holds the item.</summary>
public enum IntakeProblem
{
    /// <summary>The content was taken in whole.</summary>
    None,

    /// <summary>More bytes than <see cref="IntakeOptions.MaximumBytes"/>; hashed, not kept.</summary>
    TooLarge,

    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>No right to read it, or the disk failed.</summary>
    Unreadable,

    /// <summary>It was gone when it was to be read.</summary>
    Vanished,

    /// <summary>A symbolic link: never followed, since what it points to may change after the verdict.</summary>
    Link,

    /// <summary>A folder, pipe, socket or device: never opened.</summary>
    NotARegularFile,

    /// <summary>It kept growing, or its end was missing, for as long as the inbox waits.</summary>
    Unfinished,
}
