using Microsoft.AspNetCore.Mvc;
using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>A card to take along when photos are made: who of a group may not be on them. First names, and no more than that takes.</summary>
internal sealed class RegisterCardModel(ConsentRegister register, ProtocolInUse protocol, TimeProvider time) : GatePage
{
    public string Group { get; private set; } = "";

    public string Channel { get; private set; } = PublicationGate.Intake.Channels.Default;

    public Protocol Protocol { get; } = protocol.Current;

    public ChannelTerms Terms => Protocol.TermsOf(Channel);

    public int Pupils { get; private set; }

    /// <summary>Who may not be recognisable.</summary>
    public IReadOnlyList<string> Not { get; private set; } = [];

    /// <summary>Who may be shown alone.</summary>
    public IReadOnlyList<string> Alone { get; private set; } = [];

    /// <summary>Whose first name may stand beside it.</summary>
    public IReadOnlyList<string> Named { get; private set; } = [];

    public DateOnly Today => time.Today();

    public async Task<IActionResult> OnGetAsync(string group, string? channel)
    {
        if (GroupAddress.Find(await register.CountsAsync(Today, Gone), group) is not { } name || (channel is not null && !PublicationGate.Intake.Channels.All.Contains(channel)))
        {
            return NotFound();
        }

        (Group, Channel) = (name, channel ?? Channel);
        var rows = await register.MatrixAsync(name, [Channel], Protocol.ConsentTerms(), time.GetUtcNow(), Gone);
        var names = PupilWords.ShortNames(rows.Select(row => row.Pupil));
        Pupils = rows.Count;
        Not = Where(consent => consent.InGroupPhoto != ConsentState.Yes);
        Alone = Where(consent => Terms.AllowsPortraits && consent is { InGroupPhoto: ConsentState.Yes, Individually: ConsentState.Yes });
        Named = Where(consent => consent.InGroupPhoto == ConsentState.Yes && MayBeNamed(consent));
        return Page();

        IReadOnlyList<string> Where(Func<PupilConsent, bool> fits) => [.. rows.Where(row => fits(row.Channels[0])).Select(row => names[row.Pupil.Key])];
    }

    private bool MayBeNamed(PupilConsent consent) => Terms.Names switch
    {
        NamesAllowed.FirstNames => consent.Name != ConsentState.No,
        NamesAllowed.WithPermission => consent.Name == ConsentState.Yes,
        _ => false,
    };
}
