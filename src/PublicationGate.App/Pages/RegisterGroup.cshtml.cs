using Microsoft.AspNetCore.Mvc;
using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>The pupils of a group with the answers in force on each channel.</summary>
internal sealed class RegisterGroupModel(ConsentRegister register, ProtocolInUse protocol, TimeProvider time) : GatePage
{
    public string Group { get; private set; } = "";

    public IReadOnlyList<string> Channels { get; private set; } = [];

    public IReadOnlyList<PupilRow> Rows { get; private set; } = [];

    /// <summary>The channels that are shut are shown, too.</summary>
    public bool IsAll { get; private set; }

    public Protocol Protocol { get; } = protocol.Current;

    public async Task<IActionResult> OnGetAsync(string group, bool all)
    {
        if (GroupAddress.Find(await register.CountsAsync(time.Today(), Gone), group) is not { } name)
        {
            return NotFound();
        }

        (Group, IsAll) = (name, all);
        Channels = [.. PublicationGate.Intake.Channels.All.Where(channel => all || Protocol.TermsOf(channel).IsOpen)];
        Rows = await register.MatrixAsync(name, Channels, Protocol.ConsentTerms(), time.GetUtcNow(), Gone);
        return Page();
    }
}
