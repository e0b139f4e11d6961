using System.CommandLine;
using PublicationGate.App.Output;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>recordings add FILE | list | destroyed ID</c>: recordings for training or to help a pupil, locked to that purpose.</summary>
internal static class RecordingsCommand
{
    // As the detectors do: the hash of a photo hardly depends on it, but what is compared should be made alike.
    private const int LongSide = 1280;

    public static Command Create(GlobalOptions global) => new("recordings", global.Text("cli.recordings")) { Add(global), List(global), Destroyed(global) };

    private static Command Add(GlobalOptions global)
    {
        var path = new Argument<string>("FILE") { Description = global.Text("cli.recordings.file") };
        var purpose = new Option<string>("--purpose") { Description = global.Text("cli.recordings.purpose"), Required = true };
        purpose.AcceptOnlyFromAmong([.. Enum.GetValues<RecordingPurpose>().Select(RecordingRegister.ChannelOf)]);
        var pupil = new Option<string?>("--pupil") { Description = global.Text("cli.recordings.pupil") };
        var madeBy = new Option<string?>("--made-by") { Description = global.Text("cli.recordings.made-by") };
        var notice = new Option<DateOnly>("--notice") { Description = global.Text("cli.recordings.notice"), Required = true };
        var destroyBy = new Option<DateOnly>("--destroy-by") { Description = global.Text("cli.recordings.destroy-by"), Required = true };
        var command = new Command("add", global.Text("cli.recordings.add")) { path, purpose, pupil, madeBy, notice, destroyBy };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            var draft = new RecordingDraft(
                Enum.GetValues<RecordingPurpose>().Single(value => RecordingRegister.ChannelOf(value) == parsed.GetValue(purpose)),
                parsed.GetValue(pupil), parsed.GetValue(madeBy), parsed.GetValue(notice), parsed.GetValue(destroyBy));
            using var file = await MediaFile.ReadAsync(parsed.GetValue(path)!, parsed.GetValue(path)!, new IntakeOptions(), cancellationToken);
            var (hash, remark) = LookAt(file);
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            var recording = await new RecordingRegister(database, TimeProvider.System).AddAsync(draft, file, hash, cancellationToken);
            await Console.Out.WriteLineAsync(Texts.Get("recording.registered", ("id", recording.Id), ("purpose", PurposeOf(recording)), ("date", AnswerWords.Of(recording.DestroyBy))).In(language));
            if (remark is not null)
            {
                await Console.Out.WriteLineAsync(global.Text(remark));
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

    private static Command Destroyed(GlobalOptions global)
    {
        var id = new Argument<long>("ID") { Description = global.Text("cli.recordings.id") };
        var proof = new Option<string>("--proof") { Description = global.Text("cli.recordings.proof"), Required = true };
        var command = new Command("destroyed", global.Text("cli.recordings.destroyed")) { id, proof };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (number, text) = (parsed.GetValue(id), parsed.GetValue(proof)!);
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            var refusal = string.IsNullOrWhiteSpace(text) ? "recording.proof-missing"
                : await new RecordingRegister(database, TimeProvider.System).DestroyAsync(number, text, cancellationToken) is null ? "recording.no-such"
                : null;
            var (output, key) = refusal is null ? (Console.Out, "recording.was-destroyed") : (Console.Error, refusal);
            await output.WriteLineAsync(Texts.Get(key, ("id", number)).In(parsed.GetValue(global.Language)!));
            return refusal is null ? ExitCodes.AllApproved : ExitCodes.WrongUsage;
        });
        return command;
    }

    // Film and damaged photos are locked by their bytes alone, and whoever registers one must know that.
    internal static (PictureHash? Hash, string? Remark) LookAt(MediaFile file)
    {
        if (file.Problem != IntakeProblem.None)
        {
            return (null, "recording.film-only");
        }

        try
        {
            var decoder = new ImageDecoder(new ImageLimits());
            var hash = decoder.DecodeFrames(file.Content, decoder.ReadHeader(file.Content), LongSide, () => { })
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
            });
    }

    private static Text PurposeOf(Recording recording) => Texts.ChannelName(RecordingRegister.ChannelOf(recording.Purpose));
}
