using Microsoft.AspNetCore.Mvc;
using PublicationGate.App.Service;
using PublicationGate.Consent;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>Letters on paper with links, to be printed. The answer to a form, never an address to come back to: the links are shown once.</summary>
internal sealed class PaperLettersModel(GuardianLinks links, ProtocolInUse protocol, ServiceOptions options) : GatePage
{
    // More than a school of pupils with two parents each would print at once.
    private const int MostLetters = 500;

    public IReadOnlyList<PaperLink> Letters { get; private set; } = [];

    public string School => protocol.Current.School;

    public async Task<IActionResult> OnPostAsync(long[]? guardian)
    {
        Letters = await links.MakeAsync([.. (guardian ?? []).Distinct().Take(MostLetters)], PupilGuardiansModel.Terms(options, protocol), Me.Id, Gone);
        return Page();
    }
}
