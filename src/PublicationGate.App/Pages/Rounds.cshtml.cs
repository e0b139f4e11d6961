using PublicationGate.Rounds;

namespace PublicationGate.App.Pages;

/// <summary>All rounds, open ones first.</summary>
internal sealed class RoundsModel(RoundBook rounds) : GatePage
{
    public IReadOnlyList<RoundLine> Lines { get; private set; } = [];

    public async Task OnGetAsync() => Lines = await rounds.ListAsync(Gone);
}
