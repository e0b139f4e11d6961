using System.Text.Json;
using PublicationGate.Rounds;
using Spectre.Console;

namespace PublicationGate.App.Output;

/// <summary>Rounds, or one with its pupils, as a table or as JSON, a line each.</summary>
internal static class RoundsView
{
    public static void Write(IReadOnlyList<RoundLine> lines, bool asJson, string language)
    {
        if (asJson)
        {
            foreach (var line in lines)
            {
                Console.Out.WriteLine(JsonText.Of(new
                {
                    id = line.Round.Id, name = line.Round.Name, organisation = line.Round.Organisation, channel = line.Round.Channel, kind = Word(line.Round.Kind), state = Word(line.State),
                    deadline = line.Round.Deadline, pupils = line.Pupils, answered = line.Answered, openedAt = line.Round.OpenedAt, closedAt = line.Round.ClosedAt,
                }));
            }
        }
        else if (lines.Count == 0)
        {
            Console.Out.WriteLine(Texts.Get("rounds.none").In(language));
        }
        else
        {
            Write(language, ["number", "name", "channel", "deadline", "state", "answered"], lines.Select(line => new[]
            {
                $"{line.Round.Id}", line.Round.Name, Texts.ChannelName(line.Round.Channel).In(language), AnswerWords.Of(line.Round.Deadline), Texts.Get("round.state." + line.State).In(language), $"{line.Answered}/{line.Pupils}",
            }));
        }
    }

    public static void Write(RoundResult result, bool asJson, string language)
    {
        if (asJson)
        {
            foreach (var pupil in result.Pupils)
            {
                Console.Out.WriteLine(JsonText.Of(new { pupil = pupil.Pupil.Key, group = pupil.Pupil.Group, answer = Word(pupil.Answer), asked = pupil.Invited.Count, answered = pupil.Invited.Count(one => one.Latest is not null) }));
            }

            return;
        }

        Console.Out.WriteLine($"{result.Round.Id}. {Printable.Of(result.Round.Name)} ({Texts.Get("round.state." + result.State).In(language)})");
        Write(language, ["pupil", "group", "answer"], result.Pupils.Select(pupil => new[] { $"{pupil.Pupil.Key} {pupil.Pupil.FirstName}", pupil.Pupil.Group, Texts.Get("round.state-of." + pupil.Answer).In(language) }));
    }

    private static void Write(string language, string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        foreach (var column in columns)
        {
            table.AddColumn(Texts.Get("round.column." + column).In(language));
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(Printable.Of(cell)))]);
        }

        AnsiConsole.Write(table);
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
