using PublicationGate.App.Screening;

namespace PublicationGate.App.Output;

/// <summary>Where the verdicts of a run go: a table for people, or JSON lines for programs.</summary>
internal interface IVerdictOutput : IDisposable
{
    /// <summary>Takes the next verdict.</summary>
    void Write(ScreenedPhoto photo);

    /// <summary>Ends the run when all verdicts are there.</summary>
    void Finish();
}
