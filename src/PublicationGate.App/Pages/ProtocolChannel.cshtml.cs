using Microsoft.AspNetCore.Mvc;
using PublicationGate.App.Commands;
using PublicationGate.App.Output;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>Opens or shuts one channel, as a new version of the protocol.</summary>
internal sealed class ProtocolChannelModel(ProtocolHistory history, ProtocolInUse inUse, TimeProvider time) : GatePage
{
    private const int LongestText = 1000;

    public Protocol Protocol { get; private set; } = inUse.Current;

    public string Channel { get; private set; } = "";

    /// <summary>Version in force that this page shows; empty when none is but the built-in one.</summary>
    public string Seen { get; private set; } = "";

    public bool NeedsAgreement => ChannelTermsReader.SocialMedia.Contains(Channel);

    /// <summary>The file says nothing of this channel yet.</summary>
    public bool IsUnnamed => !Protocol.Channels.ContainsKey(Channel);

    [BindProperty]
    public string? By { get; set; }

    [BindProperty]
    public string? On { get; set; }

    [BindProperty]
    public string? Agreed { get; set; }

    [BindProperty]
    public string? Audience { get; set; }

    public DateOnly Today => time.Today();

    public async Task<IActionResult> OnGetAsync(string channel)
    {
        On = AnswerWords.Of(Today);
        return await FindAsync(channel) ? Page() : NotFound();
    }

    public Task<IActionResult> OnPostOpenAsync(string channel, string? seen) => ChangeAsync(channel, seen, "protocol.channel.opened", () =>
    {
        var agreement = NeedsAgreement ? ReadAgreement() : null;
        return ModelState.IsValid ? ChannelOpening.Open(Protocol, channel, agreement, Audience != "closed") : null;
    });

    public Task<IActionResult> OnPostShutAsync(string channel, string? seen) => ChangeAsync(channel, seen, "protocol.channel.shut.done", () => ChannelOpening.Shut(Protocol, channel));

    private async Task<bool> FindAsync(string channel)
    {
        if (!Channels.All.Contains(channel))
        {
            return false;
        }

        Channel = channel;
        if (await history.InForceAsync(Gone) is { } inForce)
        {
            (Protocol, Seen) = (inForce.Protocol, inForce.Act.Version);
        }

        return true;
    }

    private async Task<IActionResult> ChangeAsync(string channel, string? seen, string done, Func<Protocol?> change)
    {
        if (!await FindAsync(channel))
        {
            return NotFound();
        }

        if ((seen ?? "") != Seen)
        {
            Mistake("", "protocol.channel.changed-meanwhile");
            return Page();
        }

        try
        {
            if (change() is not { } changed)
            {
                return Page();
            }

            if (changed.Version != Protocol.Version && !await history.ReplaceAsync(changed, Seen.Length == 0 ? null : Seen, Me.Id, Gone))
            {
                Mistake("", "protocol.channel.changed-meanwhile");
                return Page();
            }

            // At once: what is submitted from now on is judged by it. What waits is carried over by the watch.
            inUse.Current = changed;
            Tell(done, ("channel", Texts.ChannelName(channel).In(Visit.Language)));
            return GoTo("/protocol");
        }
        catch (InputErrorsException mistakes)
        {
            foreach (var mistake in mistakes.Errors)
            {
                ModelState.AddModelError("", mistake.In(Visit.Language));
            }

            return Page();
        }
    }

    private PlatformAgreement ReadAgreement()
    {
        var day = RegisterCommand.DayOf(On);
        if (day is null)
        {
            Mistake("on", "register.bad-date", ("value", On ?? ""));
        }
        else if (day > Today)
        {
            Mistake("on", "register.future-date", ("value", On!));
        }

        return new PlatformAgreement(Text("by", By), day ?? Today, Text("agreed", Agreed));
    }

    private string Text(string field, string? given)
    {
        if (string.IsNullOrWhiteSpace(given) || given.Length > LongestText)
        {
            Mistake(field, "protocol.channel.missing");
        }

        return given?.Trim() ?? "";
    }
}
