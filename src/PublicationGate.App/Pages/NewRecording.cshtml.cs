using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Commands;
using PublicationGate.App.Uploads;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Recordings;

namespace PublicationGate.App.Pages;

/// <summary>Registers a recording, with its file or without.</summary>
/// <remarks>The framework's own check of the token would read the film into a temporary file first; the upload checks it instead.</remarks>
[IgnoreAntiforgeryToken]
internal sealed class NewRecordingModel(GateDb db, RecordingRegister register, RecordingUpload upload, IImageDecoder decoder, TimeProvider time) : GatePage
{
    // Options of the command line, and the fields that they are here.
    private static readonly Dictionary<string, string> Fields = new() { ["--notice"] = "notice", ["--destroy-by"] = "destroyBy", ["--pupil"] = "pupil", ["--made-by"] = "madeBy", ["--notice-how"] = "noticeHow", ["--place"] = "where" };

    public IReadOnlyDictionary<string, string> Sent { get; private set; } = new Dictionary<string, string> { ["place"] = "gate" };

    public IReadOnlyList<(string Key, string Name)> Pupils { get; private set; } = [];

    /// <summary>Last day that the form offers when nobody said one: two weeks are enough for most.</summary>
    public DateOnly Today { get; } = time.Today();

    public string Of(string field) => Sent.GetValueOrDefault(field, "");

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            using var sent = await upload.ReadAsync(HttpContext);
            Sent = sent.Fields;
            if (Draft(sent) is { } draft && await AddAsync(draft, sent) is { } recording)
            {
                Tell(sent.File is null ? "recordings.added-without" : recording.Place == RecordingPlace.Gate ? "recordings.added-kept" : "recordings.added", ("id", recording.Id), ("date", DayTexts.InLists(recording.DestroyBy)));
                return GoTo("/recordings");
            }
        }
        catch (UploadRefusedException refused)
        {
            Response.StatusCode = refused.Status;
            ModelState.AddModelError("file", (refused.Errors.Values.SelectMany(texts => texts).FirstOrDefault() ?? refused.Reason).In(Visit.Language));
        }
        catch (IOException failure) when (DiskFailure.IsFull(failure) || DiskFailure.IsReadOnly(failure))
        {
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Mistake("file", "recordings.no-room");
        }

        await ShowAsync();
        return Page();
    }

    // All mistakes at once; null when there is one.
    private RecordingDraft? Draft(SentRecording sent)
    {
        var (isHelp, keeps) = (Of("purpose") == "pupil-help", Of("place") == "gate");
        if (Of("purpose") is not ("training" or "pupil-help"))
        {
            Mistake("purpose", "recordings.no-purpose");
        }

        if (sent.File is null && (keeps || Of("name").Trim().Length == 0))
        {
            Mistake(keeps ? "file" : "name", keeps ? "recordings.no-file" : "recordings.no-name");
        }

        if (!keeps && Of("where").Trim().Length == 0)
        {
            Mistake("where", "recordings.no-where");
        }

        var (notice, destroyBy) = (DayOf("notice"), DayOf("destroyBy"));
        return !ModelState.IsValid ? null : new RecordingDraft(isHelp ? RecordingPurpose.PupilHelp : RecordingPurpose.Training, isHelp && Of("pupil").Length > 0 ? Of("pupil") : null, Words("madeBy"), notice, destroyBy)
        {
            NoticeHow = Words("noticeHow"), Place = keeps ? RecordingPlace.Gate : RecordingPlace.Elsewhere, Location = keeps ? null : Words("where"),
        };
    }

    private async Task<Recording?> AddAsync(RecordingDraft draft, SentRecording sent)
    {
        try
        {
            if (sent.File is not { } received)
            {
                return await register.AddWithoutFileAsync(draft, Of("name").Trim(), Gone);
            }

            using var read = await MediaFile.ReadAsync(received.Path, sent.FileName!, new IntakeOptions(), Gone);
            var (hash, _) = RecordingsCommand.LookAt(read, decoder);
            return draft.Place == RecordingPlace.Gate ? await KeepAsync(draft, read, hash, received) : await register.AddAsync(draft, read, hash, Gone);
        }
        catch (InputErrorsException mistakes)
        {
            foreach (var mistake in mistakes.Errors)
            {
                ModelState.AddModelError(mistake.Key is null ? "file" : Fields[mistake.Key], mistake.Reason.In(Visit.Language));
            }

            return null;
        }
    }

    private async Task<Recording> KeepAsync(RecordingDraft draft, MediaFile file, PictureHash? hash, ReceivedRecording received)
    {
        received.Keep();
        try
        {
            return await register.AddAsync(draft, file, hash, CancellationToken.None);
        }
        catch
        {
            received.GiveUp();
            throw;
        }
    }

    private string? Words(string field) => Of(field).Trim() is { Length: > 0 } words ? words : null;

    private DateOnly DayOf(string field)
    {
        if (!DateOnly.TryParseExact(Of(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            Mistake(field, "recordings.no-day");
        }

        return day;
    }

    private async Task ShowAsync() => Pupils =
    [
        .. (await db.Pupils.AsNoTracking().Where(pupil => pupil.LeftOn == null).OrderBy(pupil => pupil.FoldedGroup).ThenBy(pupil => pupil.FoldedFirstName)
            .Select(pupil => new { pupil.Key, pupil.Group, pupil.FirstName, pupil.Prefix, pupil.Surname }).ToListAsync(Gone))
            .Select(pupil => (pupil.Key, $"{pupil.Group}: {string.Join(' ', new[] { pupil.FirstName, pupil.Prefix, pupil.Surname }.Where(part => part.Length > 0))}")),
    ];
}
