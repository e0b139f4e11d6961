using Microsoft.AspNetCore.Mvc;
using PublicationGate.App.Access;
using PublicationGate.App.Commands;
using PublicationGate.App.Output;
using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>All that was ever answered about a pupil, and one more answer.</summary>
internal sealed class RegisterPupilModel(ConsentRegister register, GuardianRegister guardians, ViewsOnRecord views, ProtocolInUse protocol, TimeProvider time) : GatePage
{
    private const int LongestText = 200;

    public Pupil Pupil { get; private set; } = null!;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Answer> Answers { get; private set; } = [];

    public IReadOnlyList<Guardian> Guardians { get; private set; } = [];

    /// <summary>Version of the consent text in force; null when any will do.</summary>
    public string? TextInForce { get; } = protocol.Current.ConsentText;

    public Protocol Protocol { get; } = protocol.Current;

    [BindProperty]
    public string? Channel { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Scope { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    [BindProperty]
    public string? Date { get; set; }

    [BindProperty]
    public string? GivenBy { get; set; }

    [BindProperty]
    public string? By { get; set; }

    [BindProperty]
    public string? How { get; set; }

    [BindProperty]
    public string? TextVersion { get; set; }

    public DateOnly Today => time.Today();

    public async Task<IActionResult> OnGetAsync(string key)
    {
        (Date, TextVersion) = (AnswerWords.Of(Today), TextInForce);
        return await FindAsync(key) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string key)
    {
        if (!await FindAsync(key))
        {
            return NotFound();
        }

        if (Read() is not { } draft)
        {
            return Page();
        }

        await register.AnswerAsync(draft.At(time.GetUtcNow(), TextInForce), Me.Id, Gone);
        Tell("cli.register.answer.recorded", ("name", Pupil.FirstName), ("group", Pupil.Group));
        return GoTo("/register/pupils/" + Uri.EscapeDataString(Pupil.Key));
    }

    private async Task<bool> FindAsync(string key)
    {
        if (await register.HistoryAsync(key, Gone) is not (var pupil, var answers))
        {
            return false;
        }

        await views.PupilAsync(Me, pupil.Key, Gone);
        (Pupil, Answers, Guardians) = (pupil, [.. answers.Reverse()], await guardians.OfAsync(key, Gone));
        return true;
    }

    private AnswerDraft? Read()
    {
        var day = RegisterCommand.DayOf(Date);
        if (Channel is null || (Channel != PublicationGate.Consent.Answer.EveryChannel && !PublicationGate.Intake.Channels.All.Contains(Channel)))
        {
            Mistake("channel", "register.answer.choose");
        }

        var (kind, scope, by) = (Chosen<MediaKind>("kind", Kind), Chosen<ConsentScope>("scope", Scope), Chosen<AnswerBy>("by", By));
        if (Answer is not ("yes" or "no"))
        {
            Mistake("answer", "register.answer.choose");
        }

        if (day is null)
        {
            Mistake("date", "register.bad-date", ("value", Date ?? ""));
        }
        else if (day > Today)
        {
            Mistake("date", "register.future-date", ("value", Date!));
        }

        if (string.IsNullOrWhiteSpace(GivenBy) || GivenBy.Length > LongestText)
        {
            Mistake("givenBy", "register.answer.given-by.missing");
        }

        // Of an earlier day the hour is not known.
        return ModelState.IsValid
            ? new AnswerDraft(Pupil.Key, Channel!, kind, scope, Answer == "yes", GivenBy!, by) { Day = day == Today ? null : day, How = Given(How), TextVersion = Given(TextVersion) }
            : null;
    }

    private T Chosen<T>(string field, string? text)
        where T : struct, Enum
    {
        if (text is not null && Enum.GetNames<T>().Contains(text))
        {
            return Enum.Parse<T>(text);
        }

        Mistake(field, "register.answer.choose");
        return default;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim()[..Math.Min(text.Trim().Length, LongestText)];
}
