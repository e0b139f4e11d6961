using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using PublicationGate.App.Service;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Removal;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>A guardian's own page, by a link: what may be posted of their child, changed at the press of a button. Looking changes nothing; mail scanners look.</summary>
[EnableRateLimiting(RateLimits.Links)]
internal sealed class MyChildModel(LinkedAnswers linked, GateDb db, ProtocolInUse protocol, TimeProvider time) : GatePage
{
    // Said beside the button that was pressed: the top of the page is out of sight there.
    private const string SaidAt = "said-at";
    private const string SaidWhat = "said-what";

    /// <summary>What the link shows; null when it does not hold.</summary>
    public LinkedChild? Child { get; private set; }

    public IReadOnlyList<AskedChannel> Channels { get; private set; } = [];

    /// <summary>Somewhere a first name may stand beside a photo as long as nothing was said of it.</summary>
    public bool NamesUnlessNo => Channels.Any(channel => channel.Terms.IsOpen && channel.Terms.Names == NamesAllowed.FirstNames);

    public WithdrawnPictures Pictures { get; private set; } = new(0, 0, 0, 0);

    /// <summary>How many pictures of the child are shown now.</summary>
    public int Standing { get; private set; }

    /// <summary>The pupil is 16.</summary>
    public bool PupilDecides { get; private set; }

    /// <summary>Where something was answered on the page before this one: a channel, or <see cref="Answer.EveryChannel"/>.</summary>
    public string? AnsweredAt { get; private set; }

    /// <summary>What is said about that.</summary>
    public string? Said { get; private set; }

    public string Name => Child!.Pupil.FirstName;

    public string School => protocol.Current.School;

    public async Task<IActionResult> OnGetAsync([FromRoute] string token)
    {
        await ShowAsync(await linked.FindAsync(token, Gone));
        return Page();
    }

    // Forms have a field of that name too, against forgery: only the address says whose page it is.
    public async Task<IActionResult> OnPostAsync([FromRoute] string token, string? channel, string? topic, string? answer)
    {
        if (await linked.FindAsync(token, Gone) is not { } before)
        {
            await ShowAsync(null);
            return Page();
        }

        var hidden = await WithdrawnPictures.OfAsync(db, before.Guardian, Gone);
        var isYes = answer == "yes";
        if (answer is "yes" or "no" && Enum.GetNames<AnswerTopic>().Contains(topic)
            && await linked.AnswerAsync(token, channel ?? "", Enum.Parse<AnswerTopic>(topic!), isYes, protocol.Current.ConsentText, Gone) is { } after)
        {
            await SayAsync(after, channel!, isYes, hidden);
        }

        // Back to where the button was.
        return LocalRedirect(Request.Path.ToUriComponent() + (channel is not null && Intake.Channels.All.Contains(channel) ? "#" + channel : ""));
    }

    private async Task SayAsync(LinkedChild child, string channel, bool isYes, WithdrawnPictures before)
    {
        Visit.Preferred = child.Guardian.Language;
        var now = await WithdrawnPictures.OfAsync(db, child.Guardian, Gone);
        var said = T(isYes ? "my-child.said.yes" : "my-child.said.no", ("channel", Output.AnswerWords.OfChannel(channel, Visit.Language)));
        var hidden = now.TakenDown + now.Shown - before.TakenDown - before.Shown;
        TempData[SaidAt] = channel;
        TempData[SaidWhat] = !isYes && hidden > 0 ? T("my-child.said.hidden", ("said", said), ("count", hidden))
            : isYes && now.TakenDown > 0 ? T("my-child.said.not-back", ("said", said))
            : said;
    }

    private async Task ShowAsync(LinkedChild? child)
    {
        Child = child;
        if (child is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Visit.Preferred = child.Guardian.Language;
        (AnsweredAt, Said) = (TempData[SaidAt] as string, TempData[SaidWhat] as string);
        Channels = AskedChannel.Of(child, protocol.Current, time.GetUtcNow());
        PupilDecides = new ConsentQuestion("", time.GetUtcNow(), child.Pupil.BirthDate, protocol.Current.ConsentTerms()).PupilDecides;
        Pictures = await WithdrawnPictures.OfAsync(db, child.Guardian, Gone);
        Standing = await WithdrawnPictures.StandingAsync(db, child.Pupil.Key, Gone);
    }
}
