using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using PublicationGate.App.Access;
using PublicationGate.App.Service;
using PublicationGate.Intake;
using PublicationGate.Watching;

namespace PublicationGate.App.Commands;

/// <summary><c>serve</c>: the gate for people in a browser and for programs, until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(GlobalOptions global)
    {
        var url = new Option<string?>("--url") { Description = global.Text("cli.serve.url") };
        var publicUrl = new Option<string?>("--public-url") { Description = global.Text("cli.serve.public-url") };
        var watch = new Option<string[]>("--watch") { Description = global.Text("cli.serve.watch"), AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var results = new Option<string?>("--results") { Description = global.Text("cli.watch.results") };
        var log = new Option<string?>("--log") { Description = global.Text("cli.serve.log") };
        var command = new Command("serve", global.Text("cli.serve")) { url, publicUrl, watch, results, log };
        command.SetAction((parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            var folders = parsed.GetValue(watch)!;
            Dictionary<string, string?> given = new()
            {
                ["url"] = parsed.GetValue(url), ["public-url"] = parsed.GetValue(publicUrl), ["watch"] = folders.Length > 0 ? string.Join(';', folders) : null, ["results"] = parsed.GetValue(results), ["log"] = parsed.GetValue(log),
            };
            return RunAsync(global.DatabaseOf(parsed), given, parsed.GetValue(global.Verbose), language, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(DatabaseChoice database, Dictionary<string, string?> given, bool isVerbose, string language, CancellationToken cancellationToken)
    {
        Text reason;
        try
        {
            var options = ServiceOptions.Read(database.Data, given);
            using var gate = await OpenedGate.OpenAsync(database, new RunChoice { IsService = true, DecodesApart = true, MayBringRegister = false, KeepsOriginals = true }, cancellationToken);
            foreach (var notice in gate.Notices(language))
            {
                await Console.Error.WriteLineAsync(notice);
            }

            await using var service = GateService.Create(gate, database.Data, options, isVerbose);
            return await ServeAsync(service, language, cancellationToken);
        }
        catch (ServiceSettingsException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Reason.In(language));
            return ExitCodes.WrongUsage;
        }
        catch (WatchRefusedException refused)
        {
            reason = refused.Reason;
        }
        catch (ContentStoreException failure)
        {
            reason = failure.Reason;
        }
        catch (Publishing.ResultNotPlacedException failure)
        {
            reason = failure.Reason;
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            reason = Texts.Get("serve.port-in-use", ("url", given["url"] ?? new ServiceOptions().Url));
        }

        await Console.Error.WriteLineAsync(reason.In(language));
        return ExitCodes.CannotWork;
    }

    private static async Task<int> ServeAsync(WebApplication service, string language, CancellationToken cancellationToken)
    {
        await service.StartAsync(cancellationToken);
        var address = service.Urls.First();
        await Console.Out.WriteLineAsync(Texts.Get("serve.started", ("url", address)).In(language));
        if (await service.Services.GetRequiredService<FirstAccount>().MakeTokenAsync(cancellationToken) is { } token)
        {
            await Console.Out.WriteLineAsync(Texts.Get("serve.first-account", ("url", $"{address}/welcome?token={token}")).In(language));
        }

        await using (cancellationToken.Register(service.Lifetime.StopApplication))
        {
            await service.WaitForShutdownAsync(CancellationToken.None);
        }

        if (service.Services.GetRequiredService<WatchService>().Failure is { } failure)
        {
            throw failure;
        }

        await Console.Out.WriteLineAsync(Texts.Get("serve.stopped").In(language));
        return ExitCodes.AllApproved;
    }
}
