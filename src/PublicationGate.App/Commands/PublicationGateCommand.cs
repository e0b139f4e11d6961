using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Backup;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Mailing;
using PublicationGate.Screening;

namespace PublicationGate.App.Commands;

/// <summary>The command line as a whole: its verbs, and what becomes of mistakes and failures.</summary>
internal static class PublicationGateCommand
{
    // Ctrl-C waits for the photos under way: decoder and model must not be in use when the program ends. A photo takes far less than this.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(15);

    /// <summary>Runs one command line to its exit code. Failures end as a sentence on standard error.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var language = GlobalOptions.LanguageOf(arguments);
        var parsed = Create(language).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var mistake in UsageMistakes.Of(parsed, language))
            {
                await Console.Error.WriteLineAsync(mistake);
            }

            await Console.Error.WriteLineAsync(Texts.Get("cli.see-help").In(language));
            return ExitCodes.WrongUsage;
        }

        return await GuardAsync(() => parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToStop }), language);
    }

    /// <summary>All verbs, described in one language.</summary>
    public static RootCommand Create(string language)
    {
        var options = new GlobalOptions(language);
        return new RootCommand(options.Text("cli.root"))
        {
            options.Language,
            options.Data,
            options.Connection,
            options.DatabaseWait,
            options.Verbose,
            ScreenCommand.Create(options),
            WatchCommand.Create(options),
            ServeCommand.Create(options),
            RegisterCommand.Create(options),
            RecordingsCommand.Create(options),
            RemovalsCommand.Create(options),
            RoundsCommand.Create(options),
            ProtocolCommand.Create(options),
            ExplainCommand.Create(options),
            ReplayCommand.Create(options),
            CertificateCommand.Create(options),
            AuditCommand.Create(options),
            OutputsCommand.Create(options),
            OutboxCommand.Create(options),
            MailCommand.Create(options),
            EraseCommand.Create(options),
            ModelsCommand.Create(options),
            MeasureCommand.Create(options),
            RetentionCommand.Create(options),
            BackupCommand.Create(options),
            BackupCommand.CreateRestore(options),
            DoctorCommand.Create(options),
        };
    }

    private static async Task<int> GuardAsync(Func<Task<int>> run, string language)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(Texts.Get("cli.interrupted").In(language));
            return ExitCodes.Interrupted;
        }
        catch (InputErrorsException mistakes)
        {
            foreach (var mistake in mistakes.Errors)
            {
                await Console.Error.WriteLineAsync(mistake.In(language));
            }

            await Console.Error.WriteLineAsync(Texts.Get("input.errors", ("count", mistakes.Errors.Count)).In(language));
            return ExitCodes.WrongUsage;
        }
        catch (UnreadableVerdictException failure)
        {
            await Console.Error.WriteLineAsync(failure.Reason.In(language));
            return ExitCodes.HeldOrRejected;
        }
        catch (ModelException failure)
        {
            await Console.Error.WriteLineAsync(failure.Reason.In(language));
            return failure.IsMistake ? ExitCodes.WrongUsage : ExitCodes.CannotWork;
        }
        catch (GateDatabaseException failure)
        {
            await Console.Error.WriteLineAsync(failure.Reason.In(language));
            return failure.IsMistake ? ExitCodes.WrongUsage : ExitCodes.CannotWork;
        }
        catch (Publishing.Outputs.OutputSettingsException failure)
        {
            await Console.Error.WriteLineAsync(failure.Reason.In(language));
            return ExitCodes.WrongUsage;
        }
        catch (MailSettingsException failure)
        {
            await Console.Error.WriteLineAsync(failure.Reason.In(language));
            return ExitCodes.WrongUsage;
        }
        catch (Service.ServiceSettingsException failure)
        {
            await Console.Error.WriteLineAsync(failure.Reason.In(language));
            return ExitCodes.WrongUsage;
        }
        catch (BackupException failure)
        {
            await Console.Error.WriteLineAsync(failure.Reason.In(language));
            return failure.IsMistake ? ExitCodes.WrongUsage : ExitCodes.CannotWork;
        }
        catch (Exception failure) when (DiskFailure.ReasonOf(failure) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason.In(language));
            return ExitCodes.CannotWork;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or DbException or DbUpdateException or DllNotFoundException or TypeInitializationException or JsonException
            || DatabaseFailure.IsPassing(failure))
        {
            await Console.Error.WriteLineAsync(Texts.Get("cli.cannot-work", ("detail", failure.GetBaseException().Message)).In(language));
            return ExitCodes.CannotWork;
        }
    }
}
