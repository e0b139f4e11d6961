namespace PublicationGate.App;

/// <summary>What the program's exit code means to scripts.</summary>
internal static class ExitCodes
{
    public const int AllApproved = 0;
    public const int HeldOrRejected = 1;
    public const int WrongUsage = 2;
    public const int CannotWork = 3;

    /// <summary>Stopped by Ctrl-C, as shells count it (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
