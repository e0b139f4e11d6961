using PublicationGate.App.Screening;
using PublicationGate.Screening;

namespace PublicationGate.App.Output;

/// <summary>One JSON object a line for each photo, as DESIGN.md lays down; nothing else goes to standard output.</summary>
internal sealed class JsonLines : IVerdictOutput
{
    private readonly TextWriter output = Console.Out;

    /// <inheritdoc/>
    public void Write(ScreenedPhoto photo)
    {
        output.WriteLine(VerdictJson.Line(photo.Verdict, photo.Path, photo.Elapsed));
        output.Flush();
    }

    /// <inheritdoc/>
    public void Finish()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
