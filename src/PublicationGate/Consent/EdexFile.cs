using System.Xml;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>
/// An EDEXML 2.1 export of a pupil system: pupils, their groups, and who has left. It holds no consent and no guardians, and what it says
/// of staff is not used.
/// </summary>
/// <remarks>
/// <para>Only key, names, group, year and dates are ever looked at. Citizen service number, ethnicity, country, weight, address, accounts
/// and whatever else a system adds are skipped where they stand.</para>
/// <para>Lenient, since systems differ: not held against a schema (the official one ends with school year 2024-2025), sections and elements
/// in any order, names as elements or as attributes, a pupil without surname or without group.</para>
/// </remarks>
public static class EdexFile
{
    /// <summary>Largest file that is read: ten thousand pupils of one kilobyte each, several times over.</summary>
    public const int MaxMegabytes = 64;

    // A birth date serves to tell who is 16, so those of younger children are not kept. Two years ahead, since schools import yearly.
    private const int AgeFromWhichBirthDatesAreKept = ConsentQuestion.AgeOfDeciding - 2;

    /// <summary>Reads the file whole.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="today">The day of import.</param>
    /// <returns>Pupils; those who left without a date are not among them, which marks them as having left on the day of import.</returns>
    /// <exception cref="InputErrorsException">Something is wrong: every mistake, in reading order.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static RegisterContent Read(string file, DateOnly today)
    {
        using var stream = File.OpenRead(file);
        if (stream.Length > MaxMegabytes * 1024L * 1024)
        {
            throw new InputErrorsException([new InputError(file, 0, null, Texts.Get("register.edex-too-large", ("limit", MaxMegabytes)))]);
        }

        var reader = new EdexReader(file, today);
        using (var xml = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            MaxCharactersInDocument = MaxMegabytes * 1024L * 1024,
        }))
        {
            reader.Read(xml);
        }

        var pupils = reader.Pupils.Where(pupil => pupil.LeftOn is not null || !reader.HasLeft(pupil)).Select(pupil => ToPupil(pupil, reader.GroupOf(pupil), today)).ToList();
        return reader.Errors.Count == 0 ? new RegisterContent(pupils, [], null) : throw new InputErrorsException([.. reader.Errors.OrderBy(error => error.Line)]);
    }

    private static Pupil ToPupil(EdexPupil pupil, EdexGroup? group, DateOnly today) => new()
    {
        Key = pupil.Key,
        FirstName = pupil.FirstName,
        Prefix = pupil.Prefix,
        Surname = pupil.Surname,
        Group = group?.Name ?? "",
        BirthDate = pupil.BirthDate?.AddYears(AgeFromWhichBirthDatesAreKept) <= today ? pupil.BirthDate : null,
        LeftOn = pupil.LeftOn,
    };
}
