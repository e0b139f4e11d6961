using System.Globalization;
using PublicationGate.Removal;
using PublicationGate.TakenBack;
using Spectre.Console;

namespace PublicationGate.App.Output;

/// <summary>Pictures that were taken back, and what must be taken down, as a table or as JSON, a line each.</summary>
internal static class RemovalsView
{
    public static void Write(IReadOnlyList<TakenBackPicture> pictures, bool asJson, string language)
    {
        if (asJson)
        {
            foreach (var picture in pictures)
            {
                Console.Out.WriteLine(JsonText.Of(new
                {
                    id = picture.Id, sha256 = picture.ContentSha256, byPicture = picture.PictureHash is not null, at = picture.At, @for = Word(picture.For), ground = picture.Ground, by = picture.By,
                    submission = picture.SubmissionId, liftedAt = picture.LiftedAt, liftedGround = picture.LiftedGround, liftedBy = picture.LiftedBy,
                }));
            }

            return;
        }

        Write(language, "removal.none", ["number", "since", "for", "ground", "state"], [.. pictures.Select(picture => new[]
        {
            Number(picture.Id), Day(picture.At), Texts.Get("taken-back.for." + picture.For).In(language), picture.Ground,
            picture.LiftedAt is { } lifted ? Texts.Get("removal.state.lifted", ("date", Day(lifted)), ("ground", picture.LiftedGround!)).In(language) : Texts.Get("removal.state.away").In(language),
        })]);
    }

    public static void Write(IReadOnlyList<RemovalTask> tasks, bool asJson, string language)
    {
        if (asJson)
        {
            foreach (var task in tasks)
            {
                Console.Out.WriteLine(JsonText.Of(new
                {
                    id = task.Id, file = task.FileName, activity = task.Activity, submission = task.SubmissionId, channel = task.Channel, why = Word(task.Why), hiddenAt = task.HiddenAt,
                    releasedAt = task.ReleasedAt, endedAt = task.EndedAt, endedBy = task.EndedBy,
                }));
            }

            return;
        }

        Write(language, "take-down.none", ["number", "file", "channel", "why", "since", "state"], [.. tasks.Select(task => new[]
        {
            Number(task.Id), task.FileName ?? task.SubmissionId, Texts.ChannelName(task.Channel).In(language), Texts.Get("take-down.why." + task.Why).In(language), Day(task.HiddenAt),
            Texts.Get(task switch { { EndedAt: null } => "take-down.state.open", { EndedBy: TakeDown.ReleasedAgain } => "take-down.state.again", _ => "take-down.state.gone" }).In(language),
        })]);
    }

    private static void Write(string language, string none, string[] columns, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
        {
            Console.Out.WriteLine(Texts.Get(none).In(language));
            return;
        }

        var table = new Table { Border = TableBorder.Horizontal };
        foreach (var column in columns)
        {
            table.AddColumn(Texts.Get("removal.column." + column).In(language));
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(Printable.Of(cell)))]);
        }

        AnsiConsole.Write(table);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset instant) => instant.Day().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
