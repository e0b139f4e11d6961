using System.CommandLine;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Output;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Removal;
using PublicationGate.Screening;
using PublicationGate.TakenBack;

namespace PublicationGate.App.Commands;

/// <summary><c>removals list | add FILE|SUBMISSION | lift ID | tasks | done ID</c>: pictures that were taken back, and what must be taken down by hand.</summary>
internal static class RemovalsCommand
{
    private const string By = "command-line";

    public static Command Create(GlobalOptions global) => new("removals", global.Text("cli.removals")) { List(global), Add(global), Lift(global), Tasks(global), Done(global) };

    private static Command List(GlobalOptions global)
    {
        var json = new Option<bool>("--json") { Description = global.Text("cli.removals.json") };
        var command = new Command("list", global.Text("cli.removals.list")) { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            RemovalsView.Write(await new TakenBackList(database).ListAsync(cancellationToken), parsed.GetValue(json), parsed.GetValue(global.Language)!);
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Add(GlobalOptions global)
    {
        var picture = new Argument<string>("PICTURE") { Description = global.Text("cli.removals.picture") };
        var ground = Ground(global);
        var forFamily = new Option<bool>("--for-family") { Description = global.Text("cli.removals.for-family") };
        var command = new Command("add", global.Text("cli.removals.add")) { picture, ground, forFamily };
        command.SetAction((parsed, cancellationToken) => GuardAsync(global, parsed, async (services, language) =>
        {
            var wish = parsed.GetValue(forFamily) ? TakenBackFor.Family : TakenBackFor.School;
            if (await RequestAsync(services.GetRequiredService<GateDb>(), parsed.GetValue(picture)!, wish, parsed.GetValue(ground)!, cancellationToken) is not { } request)
            {
                throw RegisterCommand.Mistake(picture.Name, "removal.no-such-picture", ("picture", parsed.GetValue(picture)!));
            }

            var (added, hidden) = await services.GetRequiredService<IMediator>().Send(request, cancellationToken);
            await Console.Out.WriteLineAsync(Texts.Get("removal.added", ("id", added.Id), ("hidden", hidden)).In(language));
            if (added.PictureHash is null)
            {
                await Console.Out.WriteLineAsync(global.Text("removal.by-content-only"));
            }

            return ExitCodes.AllApproved;
        }, cancellationToken));
        return command;
    }

    private static Command Lift(GlobalOptions global)
    {
        var id = new Argument<long>("ID") { Description = global.Text("cli.removals.id") };
        var ground = Ground(global);
        var command = new Command("lift", global.Text("cli.removals.lift")) { id, ground };
        command.SetAction((parsed, cancellationToken) => GuardAsync(global, parsed, async (services, language) =>
        {
            var lifted = await services.GetRequiredService<IMediator>().Send(new LiftPicture(parsed.GetValue(id), parsed.GetValue(ground)!, By), cancellationToken);
            return await SayAsync(lifted is not null, "removal.lifted", "removal.no-such", parsed.GetValue(id), language);
        }, cancellationToken));
        return command;
    }

    private static Command Tasks(GlobalOptions global)
    {
        var all = new Option<bool>("--all") { Description = global.Text("cli.removals.all") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.removals.json") };
        var command = new Command("tasks", global.Text("cli.removals.tasks")) { all, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            await using var db = database.CreateDbContext();
            RemovalsView.Write(await RemovalTask.ListAsync(db, parsed.GetValue(all), cancellationToken), parsed.GetValue(json), parsed.GetValue(global.Language)!);
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Done(GlobalOptions global)
    {
        var id = new Argument<long>("ID") { Description = global.Text("cli.removals.task") };
        var command = new Command("done", global.Text("cli.removals.done")) { id };
        command.SetAction((parsed, cancellationToken) => GuardAsync(global, parsed, async (services, language) =>
        {
            var ended = await services.GetRequiredService<IMediator>().Send(new EndTakeDown(parsed.GetValue(id), By), cancellationToken);
            return await SayAsync(ended is not null, "take-down.was-ended", "take-down.no-such", parsed.GetValue(id), language);
        }, cancellationToken));
        return command;
    }

    private static Option<string> Ground(GlobalOptions global) => new("--ground") { Description = global.Text("cli.removals.ground"), Required = true };

    private static async Task<int> SayAsync(bool isDone, string done, string refused, long id, string language)
    {
        await (isDone ? Console.Out : Console.Error).WriteLineAsync(Texts.Get(isDone ? done : refused, ("id", id)).In(language));
        return isDone ? ExitCodes.AllApproved : ExitCodes.WrongUsage;
    }

    private static async Task<int> GuardAsync(GlobalOptions global, ParseResult parsed, Func<IServiceProvider, string, Task<int>> act, CancellationToken cancellationToken)
    {
        var language = parsed.GetValue(global.Language)!;
        await using var host = await GateHost.OpenAsync(global.DatabaseOf(parsed), parsed.GetValue(global.Verbose), new RunChoice(), cancellationToken);
        await using var scope = host.Services.CreateAsyncScope();
        try
        {
            return await act(scope.ServiceProvider, language);
        }
        catch (RemovalRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Reason.In(language));
            return ExitCodes.WrongUsage;
        }
    }

    // A file of this name, or a submission of this id.
    private static async Task<TakeBackPicture?> RequestAsync(GateDb db, string picture, TakenBackFor wish, string ground, CancellationToken cancellationToken)
    {
        if (File.Exists(picture))
        {
            using var file = await MediaFile.ReadAsync(picture, picture, new IntakeOptions(), cancellationToken);
            return file.Sha256 is null || file.Problem == IntakeProblem.Empty ? null : new TakeBackPicture(file.Sha256, RecordingsCommand.LookAt(file).Hash, wish, ground, By);
        }

        var submission = await db.Submissions.AsNoTracking().SingleOrDefaultAsync(submission => submission.Id == picture && submission.ContentSha256 != "", cancellationToken);
        return submission is null ? null : new TakeBackPicture(submission.ContentSha256, await HashOfAsync(db, submission.VerdictId, cancellationToken), wish, ground, By, submission.Id);
    }

    private static async Task<PictureHash?> HashOfAsync(GateDb db, string? verdictId, CancellationToken cancellationToken) =>
        verdictId is null ? null : (await new VerdictStore(db, TimeProvider.System).FindAsync(verdictId, cancellationToken))?.Verdict.Facts.PictureHash;
}
