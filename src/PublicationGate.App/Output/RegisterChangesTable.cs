using PublicationGate.Consent;
using Spectre.Console;

namespace PublicationGate.App.Output;

/// <summary>What an import would change, a row for each change. Surnames are not shown.</summary>
internal static class RegisterChangesTable
{
    // A table of more is not read by anyone, and takes minutes to lay out.
    private const int MostAnswers = 200;

    public static void Write(RegisterChanges changes, string language)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        foreach (var column in (string[])["cli.column.change", "cli.column.key", "cli.column.first-name", "cli.column.group", "cli.column.detail"])
        {
            table.AddColumn(Say(column));
        }

        void Row(string what, params string[] cells) => table.AddRow([Say(what), .. cells.Select(cell => Markup.Escape(Printable.Of(cell)))]);

        foreach (var pupil in changes.New)
        {
            Row("cli.register.change.new", pupil.Key, pupil.FirstName, pupil.Group, "");
        }

        foreach (var change in changes.Changed)
        {
            Row("cli.register.change.changed", change.After.Key, change.After.FirstName, change.After.Group, Detail(change, language));
        }

        foreach (var pupil in changes.Left)
        {
            Row("cli.register.change.left", pupil.Key, pupil.FirstName, pupil.Group, AnswerWords.Of(pupil.LeftOn!.Value));
        }

        Rows(changes.Staff, member => [member.Key, member.FirstName, member.Role, ""]);
        Rows(changes.Permissions, permission => [permission.Key, "", "", AnswerWords.Of(permission.Subject, language)]);
        Rows(changes.Guardians, guardian => [guardian.PupilKey, guardian.Name, "", guardian.Email ?? Say("guardians.on-paper")]);
        foreach (var answer in changes.Answers.Take(MostAnswers))
        {
            Row("cli.register.change.answer", answer.PupilKey, "", "", Words(answer, language));
        }

        if (changes.Answers.Count > MostAnswers)
        {
            Row("cli.register.change.answer", "", "", "", Texts.Get("cli.register.change.more", ("count", changes.Answers.Count - MostAnswers)).In(language));
        }

        AnsiConsole.Write(table);

        void Rows<T>(ListChanges<T> list, Func<T, string[]> cells)
        {
            foreach (var (what, items) in new[] { ("cli.register.change.new", list.New), ("cli.register.change.changed", list.Changed), ("cli.register.change.removed", list.Removed) })
            {
                foreach (var item in items)
                {
                    Row(what, cells(item));
                }
            }
        }

        string Say(string key) => Texts.Get(key).In(language);
    }

    private static string Detail(PupilChange change, string language)
    {
        var fields = string.Join(", ", change.Fields.Select(field => Texts.Get("register.field." + field).In(language)));
        return change.Before.Group == change.After.Group
            ? fields
            : Texts.Get("cli.register.change.moved", ("fields", fields), ("from", change.Before.Group), ("to", change.After.Group)).In(language);
    }

    private static string Words(Answer answer, string language) => Texts.Get(
        "cli.register.change.answer-words",
        ("channel", AnswerWords.OfChannel(answer.Channel, language)),
        ("kind", Texts.Get("answer.kind." + answer.Kind)),
        ("scope", Texts.Get("answer.scope." + answer.Scope)),
        ("answer", AnswerWords.Of(answer.IsYes, language)),
        ("date", AnswerWords.Of(answer.Date)),
        ("by", answer.GivenBy)).In(language);
}
