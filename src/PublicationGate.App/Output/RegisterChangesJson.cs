using PublicationGate.Consent;

namespace PublicationGate.App.Output;

/// <summary>What an import changes, as one JSON object. Surnames and birth dates are not shown.</summary>
internal static class RegisterChangesJson
{
    public static string Write(RegisterChanges changes, bool isDryRun) => JsonText.WithoutNullsOf(
        new
        {
            dryRun = isDryRun,
            @new = changes.New.Select(Pupil),
            changed = changes.Changed.Select(change => new
            {
                key = change.After.Key,
                firstName = change.After.FirstName,
                group = change.After.Group,
                movedFrom = change.Before.Group == change.After.Group ? null : change.Before.Group,
                fields = change.Fields,
            }),
            left = changes.Left.Select(Pupil),
            unchanged = changes.Unchanged,
            answers = new { added = changes.Answers.Select(AnswerOf), known = changes.KnownAnswers },
            staff = List(changes.Staff, member => member.Key),
            permissions = List(changes.Permissions, permission => permission.Key),
            guardians = new { added = changes.Guardians.New.Count, changed = changes.Guardians.Changed.Count, removed = changes.Guardians.Removed.Count },
        });

    private static object Pupil(Pupil pupil) => new { key = pupil.Key, firstName = pupil.FirstName, group = pupil.Group, leftOn = pupil.LeftOn };

    private static object AnswerOf(Answer answer) => new
    {
        pupil = answer.PupilKey,
        channel = answer.Channel,
        kind = AnswerWords.InFiles(answer.Kind),
        scope = AnswerWords.InFiles(answer.Scope),
        answer = AnswerWords.InFiles(answer.IsYes),
        date = answer.Date,
        givenBy = answer.GivenBy,
        by = AnswerWords.InFiles(answer.By),
    };

    private static object List<T>(ListChanges<T> list, Func<T, string> key) =>
        new { @new = list.New.Select(key), changed = list.Changed.Select(key), removed = list.Removed.Select(key) };
}
