namespace PublicationGate.Imaging.Apart;

/// <summary>How a process to decode in is started: a program that ends up in <see cref="DecoderLoop.Run"/> with the arguments that follow these.</summary>
/// <param name="File">The executable.</param>
/// <param name="Arguments">Its first arguments.</param>
public sealed record DecoderProgram(string File, IReadOnlyList<string> Arguments);

/// <summary>No process to decode in could be started: a fault of the machine, not of a photo.</summary>
/// <param name="detail">What went wrong, for the log.</param>
/// <param name="cause">The same as an exception.</param>
public sealed class DecoderUnavailableException(string detail, Exception cause) : IOException("the decoder does not start: " + detail, cause);
