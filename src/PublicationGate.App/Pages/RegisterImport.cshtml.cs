using Microsoft.AspNetCore.Mvc;
using PublicationGate.App.Output;
using PublicationGate.Consent;
using PublicationGate.Intake;

namespace PublicationGate.App.Pages;

/// <summary>Takes a register over in two steps: what it would change, and then exactly that.</summary>
[RequestSizeLimit(UploadedRegister.MostBytes + Envelope)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadedRegister.MostBytes + Envelope)]
internal sealed class RegisterImportModel(ConsentRegister register, ImportPreviews previews, TimeProvider time) : GatePage
{
    /// <summary>How many mistakes or changes are listed at most.</summary>
    public const int MostRows = 200;

    // Names, boundaries and the token of the form.
    private const long Envelope = 64 * 1024;

    /// <summary>What would change; null before files were sent.</summary>
    public RegisterChanges? Changes { get; private set; }

    /// <summary>By which it is confirmed.</summary>
    public string? Token { get; private set; }

    public IReadOnlyList<InputError> Mistakes { get; private set; } = [];

    public async Task<IActionResult> OnPostPreviewAsync(List<IFormFile>? files)
    {
        var opened = (files ?? []).Where(file => file.FileName.Length > 0).Select(file => new UploadedFile(Path.GetFileName(file.FileName), file.OpenReadStream())).ToList();
        try
        {
            await ShowAsync(await UploadedRegister.ReadAsync(opened, time.Today(), Gone));
        }
        catch (InputErrorsException mistakes)
        {
            Mistakes = mistakes.Errors;
        }
        finally
        {
            opened.ForEach(file => file.Content.Dispose());
        }

        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync(string? preview)
    {
        if (previews.Find(Me.Id, preview) is not { } seen)
        {
            Mistake("files", "register.import.gone");
            return Page();
        }

        if (await register.ImportAsync(seen.Content, seen.Fingerprint, Me.Id, Gone) is not { } done)
        {
            Mistake("", "register.import.again");
            await ShowAsync(seen.Content);
            return Page();
        }

        previews.Forget(Me.Id);
        Tell("cli.register.changed", ("new", done.New.Count), ("changed", done.Changed.Count), ("left", done.Left.Count), ("unchanged", done.Unchanged), ("answers", done.Answers.Count));
        return GoTo("/register");
    }

    /// <summary>The changes in numbers, the telling ones first.</summary>
    public static IEnumerable<(string Key, int Count)> Numbers(RegisterChanges changes) =>
    [
        ("register.import.new", changes.New.Count), ("register.import.changed", changes.Changed.Count), ("register.import.left", changes.Left.Count), ("register.import.answers", changes.Answers.Count),
        ("register.import.staff", CountOf(changes.Staff)), ("register.import.permissions", CountOf(changes.Permissions)), ("register.import.guardians", CountOf(changes.Guardians)), ("register.import.unchanged", changes.Unchanged), ("register.import.known", changes.KnownAnswers),
    ];

    /// <summary>Whether anything changes at all.</summary>
    public static bool IsAny(RegisterChanges changes) =>
        changes.New.Count + changes.Changed.Count + changes.Left.Count + changes.Answers.Count + CountOf(changes.Staff) + CountOf(changes.Permissions) + CountOf(changes.Guardians) > 0;

    /// <summary>Each change as a row, as <c>register import --dry-run</c> shows them. Surnames are not shown.</summary>
    public IEnumerable<string[]> Rows(RegisterChanges changes) =>
    [
        .. changes.New.Select(pupil => Row("new", pupil.FirstName, pupil.Group, pupil.Key)),
        .. changes.Changed.Select(change => Row("changed", change.After.FirstName, change.After.Group, Fields(change))),
        .. changes.Left.Select(pupil => Row("left", pupil.FirstName, pupil.Group, Visit.Day(pupil.LeftOn!.Value))),
        .. Rows(changes.Staff, member => (member.FirstName, member.Role, member.Key)),
        .. Rows(changes.Permissions, permission => (permission.Key, "", AnswerWords.Of(permission.Subject, Visit.Language))),
        .. Rows(changes.Guardians, guardian => (guardian.Name, guardian.PupilKey, guardian.Email ?? T("guardians.on-paper"))),
        .. changes.Answers.Select(answer => Row("answer", answer.PupilKey, "", Words(answer))),
    ];

    private static int CountOf<T>(ListChanges<T> list) => list.New.Count + list.Changed.Count + list.Removed.Count;

    private async Task ShowAsync(RegisterContent content)
    {
        Changes = await register.PreviewAsync(content, Gone);
        Token = previews.Keep(Me.Id, content, Changes.Fingerprint());
    }

    private IEnumerable<string[]> Rows<T>(ListChanges<T> list, Func<T, (string Name, string Group, string Detail)> cells) =>
        new[] { ("new", list.New), ("changed", list.Changed), ("removed", list.Removed) }.SelectMany(kind => kind.Item2.Select(cells).Select(row => Row(kind.Item1, row.Name, row.Group, row.Detail)));

    private string[] Row(string what, string name, string group, string detail) => [T("cli.register.change." + what), name, group, detail];

    private string Fields(PupilChange change)
    {
        var fields = string.Join(", ", change.Fields.Select(field => T("register.field." + field)));
        return change.Before.Group == change.After.Group ? fields : T("cli.register.change.moved", ("fields", fields), ("from", change.Before.Group), ("to", change.After.Group));
    }

    private string Words(Answer answer) => T(
        "cli.register.change.answer-words",
        ("channel", AnswerWords.OfChannel(answer.Channel, Visit.Language)),
        ("kind", T("answer.kind." + answer.Kind)),
        ("scope", T("answer.scope." + answer.Scope)),
        ("answer", AnswerWords.Of(answer.IsYes, Visit.Language)),
        ("date", Visit.Day(answer.Date)),
        ("by", answer.GivenBy));
}
