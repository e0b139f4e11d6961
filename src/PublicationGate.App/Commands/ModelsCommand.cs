using System.CommandLine;
using PublicationGate.App.Output;
using PublicationGate.Faces;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>models list | get | use | verify</c>: the face models.</summary>
internal static class ModelsCommand
{
    // The word for no second opinion on the command line, in both languages.
    private const string NoSecondOpinion = "none";

    public static Command Create(GlobalOptions global) => new("models", global.Text("cli.models")) { List(global), Get(global), Use(global), Verify(global) };

    private static Command List(GlobalOptions global)
    {
        var command = new Command("list", global.Text("cli.models.list"));
        command.SetAction(parsed =>
        {
            var models = GateHost.Models(parsed.GetValue(global.Data)!);
            var language = parsed.GetValue(global.Language)!;
            var inUse = models.InUse();
            foreach (var model in models.Known)
            {
                var weights = models.WeightsOf(model);
                var state = model == inUse[0] ? "models.state.in-use" : inUse.Contains(model) ? "models.state.second" : "models.state.present";
                var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn();
                grid.AddRow(global.Text("models.file"), Markup.Escape(weights ?? HowToGet(model).In(language)));
                grid.AddRow(global.Text("models.origin"), Markup.Escape(model.Origin));
                grid.AddRow(global.Text("models.licence"), Markup.Escape(model.WeightsLicence.In(language)));
                grid.AddRow(global.Text("models.measured"), Markup.Escape(model.Measured.In(language)));
                AnsiConsole.MarkupLineInterpolated($"[bold]{model.Name}[/] ({global.Text(weights is null ? "models.state.absent" : state)})");
                AnsiConsole.Write(grid);
            }

            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Get(GlobalOptions global)
    {
        var name = new Argument<string>("NAME") { Description = global.Text("cli.models.name") };
        var file = new Argument<string?>("FILE") { Description = global.Text("cli.models.file"), Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("get", global.Text("cli.models.get")) { name, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            var models = GateHost.Models(parsed.GetValue(global.Data)!);
            var model = models.Named(parsed.GetValue(name)!);
            var isThere = parsed.GetValue(file) is null && model.IsAt(models.WeightsOf(model));
            try
            {
                await (isThere ? Task.CompletedTask : BringAsync(model, models.FetchedPath(model), parsed.GetValue(file), language, cancellationToken));
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync(global.Text("models.interrupted"));
                return ExitCodes.Interrupted;
            }

            models.SwitchTo(model);
            await Console.Out.WriteLineAsync(Texts.Get(isThere ? "models.is-there" : "models.fetched", ("name", model.Name), ("file", models.WeightsOf(model)!)).In(language));
            WriteInUse(models, language);
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Use(GlobalOptions global)
    {
        var name = new Argument<string>("NAME") { Description = global.Text("cli.models.name") };
        var second = new Option<string?>("--second-opinion") { Description = global.Text("cli.models.second") };
        var command = new Command("use", global.Text("cli.models.use")) { name, second };
        command.SetAction(parsed =>
        {
            var models = GateHost.Models(parsed.GetValue(global.Data)!);
            var model = models.Named(parsed.GetValue(name)!);
            models.Use(model.Name, parsed.GetValue(second) switch
            {
                NoSecondOpinion => null,
                null => models.SecondOpinion is { } kept && kept != model.Name ? kept : null,
                var other => other,
            });
            WriteInUse(models, parsed.GetValue(global.Language)!);
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Verify(GlobalOptions global)
    {
        var command = new Command("verify", global.Text("cli.models.verify"));
        command.SetAction(parsed =>
        {
            var models = GateHost.Models(parsed.GetValue(global.Data)!);
            var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
            var isSound = true;
            // What should be in use and is not there is wrong too; other models may be absent.
            foreach (var (model, weights) in models.Known.SelectMany(model => models.AllWeightsOf(model).DefaultIfEmpty(models.FetchedPath(model)).Select(weights => (model, weights)))
                .Where(file => File.Exists(file.weights) || models.InUse().Contains(file.model)))
            {
                var wrong = WhatIsWrong(model, weights);
                isSound &= wrong is null;
                var found = wrong?.In(parsed.GetValue(global.Language)!) ?? $"{global.Text("models.sound")}: {weights}";
                grid.AddRow(wrong is null ? "[green]✓[/]" : "[red]✗[/]", Markup.Escape(model.Name), Markup.Escape(found));
            }

            AnsiConsole.Write(grid);
            return isSound ? ExitCodes.AllApproved : ExitCodes.CannotWork;
        });
        return command;
    }

    private static async Task BringAsync(ModelManifest model, string target, string? file, string language, CancellationToken cancellationToken)
    {
        var download = new ModelDownload(model, target);
        if (file is not null)
        {
            await download.TakeAsync(file, cancellationToken);
            return;
        }

        using var progress = new ProgressBar(model.Bytes, Texts.Get("models.fetching", ("name", model.Name)).In(language));
        await download.FetchAsync(progress, cancellationToken);
    }

    private static void WriteInUse(ModelStore models, string language)
    {
        foreach (var (at, model) in models.InUse().Index())
        {
            Console.Out.WriteLine(Texts.Get(at == 0 ? "models.in-use" : "models.second-opinion", ("name", model.Name), ("licence", model.WeightsLicence)).In(language));
        }
    }

    private static Text HowToGet(ModelManifest model) => Texts.Get(model.Download is null ? "model.remedy-build" : "models.how-to-get", ("name", model.Name));

    private static Text? WhatIsWrong(ModelManifest model, string weights)
    {
        try
        {
            new OnnxFaceDetector(model, weights).Dispose();
            return null;
        }
        catch (ModelException failure)
        {
            return failure.Reason;
        }
    }
}
