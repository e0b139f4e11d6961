using System.CommandLine;
using PublicationGate.App.Output;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>recordings add FILE | list | destroy ID | destroyed ID | certificate ID</c>: recordings for training or to help a pupil, locked to that purpose.</summary>
internal static class RecordingsCommand
{
    // As the detectors do: the hash of a photo hardly depends on it, but what is compared should be made alike.
    private const int LongSide = 1280;

    // In the order of RecordingPlace.
    private static readonly string[] Places = ["gate", "file", "elsewhere"];

    public static Command Create(GlobalOptions global) => new("recordings", global.Text("cli.recordings")) { Add(global), List(global), RecordingsDestroyCommand.Destroy(global), RecordingsDestroyCommand.Destroyed(global), RecordingsDestroyCommand.Certificate(global) };

    private static Command Add(GlobalOptions global)
    {
        var path = new Argument<string>("FILE") { Description = global.Text("cli.recordings.file") };
        var purpose = new Option<string>("--purpose") { Description = global.Text("cli.recordings.purpose"), Required = true };
        purpose.AcceptOnlyFromAmong([.. Enum.GetValues<RecordingPurpose>().Select(RecordingRegister.ChannelOf)]);
        var pupil = new Option<string?>("--pupil") { Description = global.Text("cli.recordings.pupil") };
        var madeBy = new Option<string?>("--made-by") { Description = global.Text("cli.recordings.made-by") };
        var notice = new Option<DateOnly>("--notice") { Description = global.Text("cli.recordings.notice"), Required = true };
        var destroyBy = new Option<DateOnly>("--destroy-by") { Description = global.Text("cli.recordings.destroy-by"), Required = true };
        var noticeHow = new Option<string?>("--notice-how") { Description = global.Text("cli.recordings.notice-how") };
        var place = new Option<string>("--place") { Description = global.Text("cli.recordings.place"), DefaultValueFactory = _ => Places[^1] };
        place.AcceptOnlyFromAmong(Places);
        var where = new Option<string?>("--where") { Description = global.Text("cli.recordings.where") };
        var command = new Command("add", global.Text("cli.recordings.add")) { path, purpose, pupil, madeBy, notice, noticeHow, destroyBy, place, where };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            var draft = new RecordingDraft(
                Enum.GetValues<RecordingPurpose>().Single(value => RecordingRegister.ChannelOf(value) == parsed.GetValue(purpose)),
                parsed.GetValue(pupil), parsed.GetValue(madeBy), parsed.GetValue(notice), parsed.GetValue(destroyBy))
            {
                NoticeHow = parsed.GetValue(noticeHow), Place = (RecordingPlace)Array.IndexOf(Places, parsed.GetValue(place)!), Location = parsed.GetValue(where),
            };
            using var file = await MediaFile.ReadAsync(parsed.GetValue(path)!, parsed.GetValue(path)!, new IntakeOptions(), cancellationToken);
            var (hash, remark) = LookAt(file);
            var choice = global.DatabaseOf(parsed);
            using var database = await choice.OpenAsync(cancellationToken);
            var recording = await AddAsync(new RecordingRegister(database, TimeProvider.System), draft, file, hash, choice.Data.FullName, cancellationToken);
            await Console.Out.WriteLineAsync(Texts.Get("recording.registered", ("id", recording.Id), ("purpose", PurposeOf(recording)), ("date", AnswerWords.Of(recording.DestroyBy))).In(language));
            foreach (var more in new[] { remark, recording.Place == RecordingPlace.Gate ? "recording.kept" : null }.OfType<string>())
            {
                await Console.Out.WriteLineAsync(global.Text(more));
            }

            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command List(GlobalOptions global)
    {
        var json = new Option<bool>("--json") { Description = global.Text("cli.recordings.json") };
        var command = new Command("list", global.Text("cli.recordings.list")) { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            var recordings = await new RecordingRegister(database, TimeProvider.System).ListAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                foreach (var recording in recordings)
                {
                    await Console.Out.WriteLineAsync(AsJson(recording));
                }
            }
            else if (recordings.Count == 0)
            {
                await Console.Out.WriteLineAsync(global.Text("recording.none"));
            }
            else
            {
                Write(recordings, global, language);
            }

            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static async Task<Recording> AddAsync(RecordingRegister register, RecordingDraft draft, MediaFile file, PictureHash? hash, string data, CancellationToken cancellationToken)
    {
        if (draft.Place == RecordingPlace.File)
        {
            return await register.AddAsync(draft with { Location = Path.GetFullPath(file.Path) }, file, hash, cancellationToken);
        }

        if (draft.Place == RecordingPlace.Elsewhere || file.Sha256 is null)
        {
            return await register.AddAsync(draft, file, hash, cancellationToken);
        }

        await using var content = File.OpenRead(file.Path);
        using var received = await new RecordingFiles(data).ReceiveAsync(content, long.MaxValue, cancellationToken);
        received!.Keep();
        try
        {
            return await register.AddAsync(draft with { Location = null }, file, hash, cancellationToken);
        }
        catch
        {
            received.GiveUp();
            throw;
        }
    }

    // Film and damaged photos are locked by their bytes alone, and whoever registers one must know that.
    internal static (PictureHash? Hash, string? Remark) LookAt(MediaFile file)
    {
        return LookAt(file, new ImageDecoder(new ImageLimits()));
    }

    /// <summary>What a file looks like, and what to say where that cannot be told.</summary>
    internal static (PictureHash? Hash, string? Remark) LookAt(MediaFile file, IImageDecoder decoder)
    {
        if (file.Problem != IntakeProblem.None)
        {
            return (null, "recording.film-only");
        }

        try
        {
            using var picture = decoder.Open(file.Content, CancellationToken.None);
            var hash = picture.DecodeFrames(picture.ReadHeader(), LongSide, () => { })
                .Select(frame =>
                {
                    using (frame)
                    {
                        return PictureHash.Of(frame);
                    }
                })
                .FirstOrDefault(found => found is not null);
            return (hash, hash is null ? "recording.plain" : null);
        }
        catch (UnreadableImageException)
        {
            return (null, "recording.film-only");
        }
    }

    private static void Write(IReadOnlyList<Recording> recordings, GlobalOptions global, string language)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        foreach (var column in new[] { "number", "file", "purpose", "notice", "destroy-by", "state" })
        {
            table.AddColumn(global.Text("recording.column." + column));
        }

        foreach (var recording in recordings)
        {
            var purpose = PurposeOf(recording).In(language) + (recording.PupilKey is { } pupil ? $" ({pupil})" : "");
            table.AddRow($"{recording.Id}", Markup.Escape(Printable.Of(recording.FileName)), Markup.Escape(Printable.Of(purpose)), AnswerWords.Of(recording.NoticeOn), AnswerWords.Of(recording.DestroyBy), State(recording, language));
        }

        AnsiConsole.Write(table);
    }

    private static string State(Recording recording, string language) => recording.DaysLeft(RegisterCommand.Today()) switch
    {
        null => $"[dim]{Texts.Get("recording.state.destroyed", ("date", AnswerWords.Of(recording.DestroyedOn!.Value))).In(language)}[/]",
        < 0 and var days => $"[red]{Texts.Get("recording.state.overdue", ("days", -days)).In(language)}[/]",
        var days => Texts.Get("recording.state.due", ("days", days)).In(language),
    };

    private static string AsJson(Recording recording)
    {
        var daysLeft = recording.DaysLeft(RegisterCommand.Today());
        return JsonText.Of(
            new
            {
                id = recording.Id,
                file = recording.FileName,
                purpose = RecordingRegister.ChannelOf(recording.Purpose),
                pupil = recording.PupilKey,
                madeBy = recording.MadeBy,
                notice = recording.NoticeOn,
                destroyBy = recording.DestroyBy,
                sha256 = recording.ContentSha256,
                byPicture = recording.PictureHash is not null,
                state = daysLeft switch { null => "destroyed", < 0 => "overdue", _ => "due" },
                daysLeft,
                destroyedOn = recording.DestroyedOn,
                proof = recording.DestructionProof,
                noticeHow = recording.NoticeHow,
                place = recording.Place is { } place ? Places[(int)place] : null,
                where = recording.Location,
            });
    }

    private static Text PurposeOf(Recording recording) => Texts.ChannelName(RecordingRegister.ChannelOf(recording.Purpose));
}
