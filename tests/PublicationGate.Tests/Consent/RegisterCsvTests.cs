using System.Text;
using System.Text.RegularExpressions;
using PublicationGate.Consent;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Consent;

public class RegisterCsvTests
{
    private const string Pupils = "key,first_name,prefix,surname,group\np1,Zoë,van der,Proef,Groep 5\np2,Bram,,Test,Groep 5\n";
    private const string AnswerColumns = "pupil,channel,kind,scope,answer,date,given_by\n";
    private static readonly DateOnly Today = new(2026, 3, 31);
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("register-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Reads_a_whole_register()
    {
        Write("pupils.csv", "left_on,birth_date,group,surname,prefix,first_name,key\n2026-08-01,2017-05-06,Groep 5, Proef ,van der,\"Zoë\",p1\n");
        Write("answers.csv", AnswerColumns + "p1,*,photo,group,yes,2025-09-01,moeder\n\np1,Instagram,film,individual,no,2026-03-31,vader\n");
        Write("staff.csv", "key,first_name,prefix,surname,role,permission\ns1,Ines,,Test,leerkracht,yes\ns2,Omar,,Proef,conciërge,\n");

        var content = RegisterCsv.Read(folder, Today);

        var pupil = content.Pupils.Single();
        Assert.That((pupil.Key, pupil.FirstName, pupil.Prefix, pupil.Surname, pupil.Group), Is.EqualTo(("p1", "Zoë", "van der", "Proef", "Groep 5")));
        Assert.That((pupil.BirthDate, pupil.LeftOn), Is.EqualTo((new DateOnly(2017, 5, 6), new DateOnly(2026, 8, 1))));
        Assert.That(content.Answers.Select(a => (a.PupilKey, a.Channel, a.Kind, a.Scope, a.IsYes, a.Date, a.GivenBy)), Is.EqualTo(new[]
        {
            ("p1", "*", MediaKind.Photo, ConsentScope.Group, true, new DateOnly(2025, 9, 1), "moeder"),
            ("p1", "instagram", MediaKind.Film, ConsentScope.Individual, false, Today, "vader"),
        }));
        Assert.That(content.Staff!.Select(s => (s.Key, s.Role, s.Permission)), Is.EqualTo(new[] { ("s1", "leerkracht", ConsentState.Yes), ("s2", "conciërge", ConsentState.Silent) }));
    }

    [Test]
    public void Answers_and_staff_may_be_absent()
    {
        Write("pupils.csv", Pupils);
        var content = RegisterCsv.Read(folder, Today);
        Assert.That((content.Pupils.Count, content.Answers.Count, content.Permissions.Count), Is.EqualTo((2, 0, 0)));
        Assert.That(content.Staff, Is.Null, "nothing is said of staff");
    }

    [Test]
    public void Reads_a_Dutch_spreadsheet_with_semicolons_a_byte_order_mark_and_Windows_line_ends()
    {
        Write("pupils.csv", "\uFEFF" + Pupils.Replace(',', ';').Replace("\n", "\r\n"));
        Assert.That(RegisterCsv.Read(folder, Today).Pupils.Select(p => p.FirstName), Is.EqualTo(new[] { "Zoë", "Bram" }));
    }

    [Test]
    public void Lists_every_mistake_of_every_file_in_reading_order()
    {
        Write("pupils.csv", "key,first_name,prefix,surname,group,birth_date\np1,,,Proef,Groep 5,6-5-2017\np\"2,Bram,,Test,Groep 5,\np1,Noor,,Test,,2026-04-01\np4,Sem\n");
        Write("answers.csv", AnswerColumns + "p1,hyves,photo,group,yes,2025-09-01,moeder\np9,*,picture,all,maybe,2026-04-01,\n\"p1,*,photo,group,yes,2025-09-01,moeder\np4,*,photo,group,yes,2025-02-30,moeder\n");
        Write("staff.csv", "key,first_name,prefix,surname,role,permission\ns1,Ines,,Test,leerkracht,perhaps\ns1,Omar,,Test,leerkracht,\n");

        Assert.That(Mistakes(), Is.EqualTo(new[]
        {
            "pupils.csv:2 first_name missing-value", "pupils.csv:2 birth_date bad-date", "pupils.csv:3 - stray-quote",
            "pupils.csv:4 key key-twice", "pupils.csv:4 group missing-value", "pupils.csv:4 birth_date future-date", "pupils.csv:5 - field-count",
            "answers.csv:2 channel unknown-channel",
            "answers.csv:3 pupil unknown-pupil", "answers.csv:3 kind not-a-choice", "answers.csv:3 scope not-a-choice", "answers.csv:3 answer not-a-choice",
            "answers.csv:3 date future-date", "answers.csv:3 given_by missing-value",
            "answers.csv:4 - stray-quote", "answers.csv:5 pupil unknown-pupil", "answers.csv:5 date bad-date",
            "staff.csv:2 permission not-a-choice", "staff.csv:3 key key-twice",
        }));
    }

    [Test]
    public void Points_at_the_field_that_is_wrong()
    {
        Write("pupils.csv", "\uFEFFkey;first_name;prefix;surname;group\n\"p1\";\"Zo;ë\";;;Groep 5\nx;Bram\n");
        Write("answers.csv", AnswerColumns + "p1,*,photo,group,ja,2025-09-01,moeder\r\n");
        var errors = Assert.Throws<InputErrorsException>(() => RegisterCsv.Read(folder, Today))!.Errors;
        Assert.That(errors.Select(e => (e.Line, e.Column, e.Key)), Is.EqualTo(new[] { (2, 14, "surname"), (3, 1, null), (2, 18, "answer") }));
        Assert.That(errors[0].In("en"), Does.Contain("pupils.csv:2:14: surname: "));
    }

    [Test]
    public void Answers_may_say_who_how_under_which_text_and_by_what_proof()
    {
        Write("pupils.csv", Pupils);
        Write("answers.csv", "proof,how,by,text_version," + AnswerColumns + "form-1.pdf,paper,Staff,2026,p1,*,photo,group,yes,2025-09-01,moeder\n,,,,p2,*,name,group,no,2025-09-01,moeder\n");
        Assert.That(RegisterCsv.Read(folder, Today).Answers.Select(a => (a.By, a.How, a.TextVersion, a.Proof, a.At)), Is.EqualTo(new (AnswerBy, string?, string?, string?, DateTimeOffset?)[]
        {
            (AnswerBy.Staff, "paper", "2026", "form-1.pdf", null), (AnswerBy.Guardian, null, null, null, null),
        }));
        Write("answers.csv", "by," + AnswerColumns + "teacher,p1,*,photo,group,yes,2025-09-01,moeder\n");
        Assert.That(Mistakes(), Is.EqualTo(new[] { "answers.csv:2 by not-a-choice" }));
    }

    [Test]
    public void Reads_permissions_and_their_mistakes()
    {
        Write("pupils.csv", Pupils);
        Write("permissions.csv", "key,subject,given_by,text,date,until\nmuseum,work,Museum,drie foto's,2026-01-01,2026-12-31\noma,quote,Oma Proef,haar verhaal,2026-01-01,\n");
        Assert.That(RegisterCsv.Read(folder, Today).Permissions, Is.EqualTo(new[]
        {
            new PermissionRecord { Key = "museum", Subject = PermissionSubject.Work, GivenBy = "Museum", Text = "drie foto's", Date = new(2026, 1, 1), Until = new(2026, 12, 31) },
            new PermissionRecord { Key = "oma", Subject = PermissionSubject.Quote, GivenBy = "Oma Proef", Text = "haar verhaal", Date = new(2026, 1, 1) },
        }));
        Write("permissions.csv", "key,subject,given_by,text,date,until\nmuseum,foto,,x,2026-04-01,2026-01-01\nmuseum,work,M,x,2026-01-01,\n");
        Assert.That(Mistakes(), Is.EqualTo(new[]
        {
            "permissions.csv:2 subject not-a-choice", "permissions.csv:2 given_by missing-value", "permissions.csv:2 date future-date", "permissions.csv:2 until bad-period", "permissions.csv:3 key key-twice",
        }));
    }

    [Test]
    public void Reads_guardians_and_their_mistakes()
    {
        Write("pupils.csv", Pupils);
        Assert.That(RegisterCsv.Read(folder, Today).Guardians, Is.Null, "without the file nothing is said of them");
        Write("guardians.csv", "pupil,name,email,language,is_pupil\np1,Moeder Proef,moeder@voorbeeld.nl,en,\np1,Vader Proef,,,\np1,Kind,,nl,yes\n");
        Assert.That(RegisterCsv.Read(folder, Today).Guardians!.Select(one => (one.PupilKey, one.Name, one.Email, one.Language, one.IsPupil)), Is.EqualTo(new[]
        {
            ("p1", "Moeder Proef", (string?)"moeder@voorbeeld.nl", "en", false), ("p1", "Vader Proef", null, "nl", false), ("p1", "Kind", null, "nl", true),
        }));
        Write("guardians.csv", "pupil,name,email,language\nx9,A,a@b.nl,nl\np1,Moëder,geen adres,de\np1,moeder,,\np1,,a@b,nl\n");
        Assert.That(Mistakes(), Is.EqualTo(new[]
        {
            "guardians.csv:2 pupil unknown-pupil", "guardians.csv:3 email guardian.bad-address", "guardians.csv:3 language not-a-choice", "guardians.csv:4 name guardian.twice",
            "guardians.csv:5 name missing-value", "guardians.csv:5 email guardian.bad-address",
        }));
    }

    [Test]
    public void Columns_must_be_known_there_and_once()
    {
        Write("pupils.csv", "key,first_name,first_name,surname,bsn\n");
        Assert.That(Mistakes(), Is.EqualTo(new[]
        {
            "pupils.csv:1 bsn unknown-column", "pupils.csv:1 first_name column-twice", "pupils.csv:1 prefix missing-column", "pupils.csv:1 group missing-column",
        }));
    }

    [TestCase("", "pupils.csv:1 key missing-column")]
    [TestCase("key,first_name,prefix,\"surname,group\nx,x,x,x,x\n", "pupils.csv:1 - stray-quote")]
    public void A_file_without_a_sound_header_is_a_mistake(string text, string first)
    {
        Write("pupils.csv", text);
        Write("answers.csv", AnswerColumns + "p1,*,photo,group,yes,2025-09-01,moeder\n");
        Assert.That(Mistakes()[0], Is.EqualTo(first));
        Assert.That(Mistakes(), Has.None.StartsWith("answers.csv"));
    }

    [Test]
    public void A_folder_without_pupils_is_a_mistake() => Assert.That(Mistakes(), Is.EqualTo(new[] { "pupils.csv:0 - no-pupils" }));

    [Test]
    public void Other_encodings_than_utf8_are_refused_at_the_line_where_they_show()
    {
        File.WriteAllBytes(Path.Combine(folder, "pupils.csv"), Encoding.Latin1.GetBytes(Pupils));
        Assert.That(Mistakes(), Is.EqualTo(new[] { "pupils.csv:2 - not-utf8" }));
        File.WriteAllBytes(Path.Combine(folder, "pupils.csv"), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Pupils)]);
        Assert.That(Mistakes(), Is.EqualTo(new[] { "pupils.csv:1 - not-utf8" }));
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    private string[] Mistakes()
    {
        var thrown = Assert.Throws<InputErrorsException>(() => RegisterCsv.Read(folder, Today));
        return [.. thrown!.Errors.Select(e => $"{Path.GetFileName(e.File)}:{e.Line} {e.Key ?? "-"} {KeyOf(e.Reason)}")];
    }

    // The key whose sentence begins as the reason does, up to the first value that was filled in.
    private static string KeyOf(Text reason) => Texts.Entries
        .Where(t => t.Key.StartsWith("register.", StringComparison.Ordinal))
        .Single(t => Regex.IsMatch(reason.En, "^" + Regex.Replace(Regex.Escape(t.Value.En), @"\\\{\w+}", ".*") + "$"))
        .Key["register.".Length..];
}
