namespace PublicationGate.Imaging;

/// <summary>A libvips operation failed. The message is libvips' own and goes to the log, never to a person.</summary>
internal sealed class VipsException(string message) : Exception(message);
