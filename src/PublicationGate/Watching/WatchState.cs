using PublicationGate.Intake;

namespace PublicationGate.Watching;

/// <summary>How a watch stands.</summary>
/// <param name="Waiting">Files that are waited for, longest first.</param>
/// <param name="Troubles">What a person should see to in the folders.</param>
/// <param name="Problems">What keeps the gate from working.</param>
public sealed record WatchState(IReadOnlyList<WaitingFile> Waiting, IReadOnlyList<InboxTrouble> Troubles, IReadOnlyList<Text> Problems);
