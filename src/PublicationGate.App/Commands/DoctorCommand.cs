using System.CommandLine;
using System.Globalization;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>doctor</c>: what the gate stands on, and a sentence for each thing that is missing.</summary>
internal static class DoctorCommand
{
    // Below this an album of a few hundred photos no longer fits beside its copies.
    private const long EnoughFreeBytes = 1L << 30;

    public static Command Create(GlobalOptions global)
    {
        var command = new Command("doctor", global.Text("cli.doctor"));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            var data = parsed.GetValue(global.Data)!;
            var models = GateHost.Models(data);
            var checks = new List<(string Key, Func<Task<string>> Look)>
            {
                ("doctor.program", () => Task.FromResult(typeof(DoctorCommand).Assembly.GetName().Version!.ToString(3))),
                ("doctor.libvips", () => Task.FromResult(ImageDecoder.EngineVersion)),
                ("doctor.loaders", () => Task.FromResult(string.Join(", ", ImageDecoder.Loaders))),
                ("doctor.onnxruntime", () => Task.FromResult(OnnxFaceDetector.EngineVersion)),
                ("doctor.model", () => Task.FromResult(CheckModels(models, global.Text))),
                ("doctor.licence", () => Task.FromResult(string.Join('\n', models.InUse().Select(model => $"{model.Name}: {model.WeightsLicence.In(language)}")))),
                ("doctor.database", () => CheckDatabaseAsync(global.DatabaseOf(parsed) with { LongestWait = TimeSpan.Zero }, language, cancellationToken)),
                ("doctor.protocol", () => CheckProtocolAsync(global.DatabaseOf(parsed) with { LongestWait = TimeSpan.Zero }, language, cancellationToken)),
                ("doctor.decoder", () => Task.FromResult(ServiceChecks.Decoder(language))),
                ("doctor.data", () => Task.FromResult(ServiceChecks.DataFolder(data, language))),
                ("doctor.service", () => ServiceChecks.ServiceAsync(data, language, cancellationToken)),
                ("doctor.mail", () => ServiceChecks.MailAsync(data, language, cancellationToken)),
                ("doctor.disk", () => Task.FromResult(CheckDisk(data, language))),
            };
            var isSound = true;
            var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn().AddColumn();
            foreach (var (key, look) in checks)
            {
                var (found, isFine) = await LookAsync(look, language);
                isSound &= isFine;
                grid.AddRow(isFine ? "[green]✓[/]" : "[red]✗[/]", global.Text(key), Markup.Escape(found));
            }

            AnsiConsole.Write(grid);
            return isSound ? ExitCodes.AllApproved : ExitCodes.CannotWork;
        });
        return command;
    }

    private static async Task<(string Found, bool IsFine)> LookAsync(Func<Task<string>> look, string language)
    {
        try
        {
            return (await look(), true);
        }
        catch (ModelException failure)
        {
            return (failure.Reason.In(language), false);
        }
        catch (GateDatabaseException failure)
        {
            return (failure.Reason.In(language), false);
        }
        catch (InputErrorsException mistakes)
        {
            return (string.Join('\n', mistakes.Errors.Select(mistake => mistake.In(language))), false);
        }
#pragma warning disable CA1031 // Whatever is wrong with one thing, the doctor goes on to the next.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return (failure.GetBaseException().Message, false);
        }
    }

    private static string CheckModels(ModelStore models, Func<string, string> text)
    {
        using var faces = models.Open();
        return string.Join('\n', faces.Models.Select((model, at) =>
            $"{model.Name} ({text(at == 0 ? "models.state.in-use" : "models.state.second")})\n{model.File}, SHA-256 {model.Sha256}"));
    }

    private static async Task<string> CheckDatabaseAsync(DatabaseChoice choice, string language, CancellationToken cancellationToken)
    {
        using var database = await choice.OpenAsync(cancellationToken);
        var counts = await new ConsentRegister(database, TimeProvider.System).CountsAsync(TimeProvider.System.Today(), cancellationToken);
        var found = await database.DescribeAsync(cancellationToken);
        return Texts.Get("doctor.database-of", ("place", found.Place), ("server", found.Server), ("version", found.Version), ("pupils", counts.Groups.Sum(group => group.Pupils))).In(language);
    }

    private static async Task<string> CheckProtocolAsync(DatabaseChoice choice, string language, CancellationToken cancellationToken)
    {
        if (File.Exists(ProtocolChoice.FileIn(choice.Data)))
        {
            ProtocolReader.Read(ProtocolChoice.FileIn(choice.Data));
        }

        using var database = await choice.OpenAsync(cancellationToken);
        return await new ProtocolHistory(database, TimeProvider.System).InForceAsync(cancellationToken) is { } inForce
            ? $"{inForce.Protocol.School}, {inForce.Protocol.Version[..VerdictStore.ShortestId]}"
            : Texts.Get("cli.protocol.built-in").In(language);
    }

    private static string CheckDisk(DirectoryInfo data, string language)
    {
        // With the database on a server, the folder may not be there yet.
        var folder = data;
        while (!folder.Exists && folder.Parent is { } parent)
        {
            folder = parent;
        }

        var free = new DriveInfo(folder.FullName).AvailableFreeSpace;
        var shown = (free / (double)(1L << 30)).ToString("0.0", CultureInfo.InvariantCulture) + " GiB";
        return free >= EnoughFreeBytes ? shown : throw new IOException(Texts.Get("doctor.disk-low", ("free", shown)).In(language));
    }
}
