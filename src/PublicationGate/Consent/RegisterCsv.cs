using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>
/// A register on disk: a folder with <c>pupils.csv</c> and, where there are any, <c>answers.csv</c>, <c>staff.csv</c>,
/// <c>permissions.csv</c> and <c>guardians.csv</c>. UTF-8, a header line, columns in any order, comma or semicolon as the header has it, dates as yyyy-MM-dd.
/// </summary>
public static class RegisterCsv
{
    private static readonly string[] Channels = [Answer.EveryChannel, .. Intake.Channels.All];

    /// <summary>Reads the whole folder. Answers that are not there are silence, and silence is no.</summary>
    /// <param name="folder">Path of the folder.</param>
    /// <param name="today">Answers and births after this day are mistakes.</param>
    /// <exception cref="InputErrorsException">Something is wrong: every mistake of every file, in reading order.</exception>
    /// <exception cref="IOException">A file is there but could not be read.</exception>
    public static RegisterContent Read(string folder, DateOnly today)
    {
        List<InputError> errors = [];
        var pupils = ReadPupils(folder, today, errors);
        var keys = pupils?.Select(p => p.Key).ToHashSet();
        var answers = ReadAnswers(folder, today, keys, errors);
        var staff = ReadStaff(folder, errors);
        var permissions = ReadPermissions(folder, today, errors);
        var guardians = ReadGuardians(folder, keys, errors);
        return errors.Count == 0 ? new RegisterContent(pupils!, answers, staff) { Permissions = permissions, Guardians = guardians } : throw new InputErrorsException(errors);
    }

    private static List<Pupil>? ReadPupils(string folder, DateOnly today, List<InputError> errors)
    {
        var file = Path.Combine(folder, "pupils.csv");
        if (!File.Exists(file))
        {
            errors.Add(new InputError(file, 0, null, Texts.Get("register.no-pupils")));
            return null;
        }

        return ReadFile(file, ["key", "first_name", "prefix", "surname", "group"], ["birth_date", "left_on"], errors, rows => WithUniqueKeys(rows, row => new Pupil
        {
            Key = row.Required("key"),
            FirstName = row.Required("first_name"),
            Prefix = row.Optional("prefix"),
            Surname = row.Required("surname"),
            Group = row.Required("group"),
            BirthDate = row.Optional("birth_date").Length == 0 ? null : DateUntil(row, "birth_date", today),
            LeftOn = row.OptionalDate("left_on"),
        }));
    }

    private static List<Answer> ReadAnswers(string folder, DateOnly today, HashSet<string>? pupils, List<InputError> errors)
    {
        string[] columns = ["pupil", "channel", "kind", "scope", "answer", "date", "given_by"];
        return ReadFile(Path.Combine(folder, "answers.csv"), columns, ["by", "how", "text_version", "proof"], errors, rows => rows.Select(row => new Answer
        {
            PupilKey = PupilOf(row, pupils),
            Channel = row.OneOf("channel", Channels, "register.unknown-channel"),
            Kind = Enum.Parse<MediaKind>(row.OneOf("kind", ["photo", "film", "sound", "name"]), ignoreCase: true),
            Scope = Enum.Parse<ConsentScope>(row.OneOf("scope", ["group", "individual"]), ignoreCase: true),
            IsYes = row.OneOf("answer", ["no", "yes"]) == "yes",
            Date = DateUntil(row, "date", today),
            GivenBy = row.Required("given_by"),
            By = Enum.Parse<AnswerBy>(row.OptionalOneOf("by", ["guardian", "pupil", "staff"]), ignoreCase: true),
            How = row.OrNull("how"),
            TextVersion = row.OrNull("text_version"),
            Proof = row.OrNull("proof"),
        })) ?? [];
    }

    // Without the file nothing is said of staff; with one that cannot be read the errors say so.
    private static List<StaffMember>? ReadStaff(string folder, List<InputError> errors)
    {
        if (!File.Exists(Path.Combine(folder, "staff.csv")))
        {
            return null;
        }

        string[] columns = ["key", "first_name", "prefix", "surname", "role"];
        return ReadFile(Path.Combine(folder, "staff.csv"), columns, ["permission"], errors, rows => WithUniqueKeys(rows, row => new StaffMember
        {
            Key = row.Required("key"),
            FirstName = row.Required("first_name"),
            Prefix = row.Optional("prefix"),
            Surname = row.Required("surname"),
            Role = row.Required("role"),
            Permission = row.Optional("permission").Length == 0 ? ConsentState.Silent
                : row.OneOf("permission", ["no", "yes"]) == "yes" ? ConsentState.Yes : ConsentState.No,
        })) ?? [];
    }

    private static List<PermissionRecord> ReadPermissions(string folder, DateOnly today, List<InputError> errors)
    {
        string[] columns = ["key", "subject", "given_by", "text", "date"];
        return ReadFile(Path.Combine(folder, "permissions.csv"), columns, ["until"], errors, rows => WithUniqueKeys(rows, row => ReadPermission(row, today))) ?? [];
    }

    private static PermissionRecord ReadPermission(CsvRow row, DateOnly today)
    {
        var permission = new PermissionRecord
        {
            Key = row.Required("key"),
            Subject = Enum.Parse<PermissionSubject>(row.OneOf("subject", ["work", "quote", "repost"]), ignoreCase: true),
            GivenBy = row.Required("given_by"),
            Text = row.Required("text"),
            Date = DateUntil(row, "date", today),
            Until = row.OptionalDate("until"),
        };
        if (permission.Until < permission.Date)
        {
            row.Reject("until", "register.bad-period");
        }

        return permission;
    }

    // As with staff: without the file nothing is said of guardians.
    private static List<Guardian>? ReadGuardians(string folder, HashSet<string>? pupils, List<InputError> errors)
    {
        if (!File.Exists(Path.Combine(folder, "guardians.csv")))
        {
            return null;
        }

        var lines = new Dictionary<(string, string), int>();
        return ReadFile(Path.Combine(folder, "guardians.csv"), ["pupil", "name", "email", "language"], ["is_pupil"], errors, rows => rows.Select(row => ReadGuardian(row, pupils, lines))) ?? [];
    }

    private static Guardian ReadGuardian(CsvRow row, HashSet<string>? pupils, Dictionary<(string Pupil, string Name), int> lines)
    {
        var (pupil, name, email) = (PupilOf(row, pupils), row.Required("name"), row.OrNull("email"));
        if (name.Length > Guardian.LongestName)
        {
            row.Reject("name", "register.guardian.long-name", ("most", Guardian.LongestName));
        }
        else if (name.Length > 0 && !lines.TryAdd((pupil, NameFolding.Fold(name)), row.Line))
        {
            row.Reject("name", "register.guardian.twice", ("value", name), ("line", lines[(pupil, NameFolding.Fold(name))]));
        }

        if (email is not null && !Guardian.IsAddress(email))
        {
            row.Reject("email", "register.guardian.bad-address", ("value", email));
        }

        return new Guardian { PupilKey = pupil, Name = name, Email = email, Language = row.OptionalOneOf("language", ["nl", "en"]), IsPupil = row.OptionalOneOf("is_pupil", ["no", "yes"]) == "yes" };
    }

    private static List<T>? ReadFile<T>(
        string file, string[] required, string[] optional, List<InputError> errors, Func<IEnumerable<CsvRow>, IEnumerable<T>> read)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        List<InputError> found = [];
        var items = new CsvTable(file, required, optional, found).Read() is { } rows ? read(rows).ToList() : null;
        errors.AddRange(found.OrderBy(e => e.Line)); // a stable sort: within a line they stay in the order of the columns
        return items;
    }

    private static IEnumerable<T> WithUniqueKeys<T>(IEnumerable<CsvRow> rows, Func<CsvRow, T> read)
    {
        var lines = new Dictionary<string, int>();
        foreach (var row in rows)
        {
            var key = row.Optional("key");
            if (key.Length > 0 && !lines.TryAdd(key, row.Line))
            {
                row.Reject("key", "register.key-twice", ("value", key), ("line", lines[key]));
            }

            yield return read(row);
        }
    }

    // Without a readable list of pupils every answer would be an error that is none.
    private static string PupilOf(CsvRow row, HashSet<string>? pupils)
    {
        var key = row.Required("pupil");
        if (key.Length > 0 && pupils is not null && !pupils.Contains(key))
        {
            row.Reject("pupil", "register.unknown-pupil", ("value", key));
        }

        return key;
    }

    private static DateOnly DateUntil(CsvRow row, string column, DateOnly today)
    {
        var date = row.Date(column);
        if (date > today)
        {
            row.Reject(column, "register.future-date", ("value", row.Optional(column)));
        }

        return date;
    }
}
