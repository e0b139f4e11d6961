namespace PublicationGate.Imaging;

/// <summary>The formats in which copies leave the gate: those that every browser and platform shows.</summary>
public enum CopyFormat
{
    /// <summary>For photographs.</summary>
    Jpeg,

    /// <summary>For drawings and screen pictures; loses nothing.</summary>
    Png,

    /// <summary>Smaller than JPEG, where the receiver takes it.</summary>
    Webp,
}
