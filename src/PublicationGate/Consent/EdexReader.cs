using System.Globalization;
using System.Xml;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>A group of an EDEXML file.</summary>
/// <param name="Name">Name; the key where there is none.</param>
/// <param name="Year"><c>jaargroep</c>: 1 to 8, S, or H for pupils of the past.</param>
internal sealed record EdexGroup(string Name, string Year);

/// <summary>A pupil of an EDEXML file: what the gate may know, and nothing else.</summary>
internal sealed class EdexPupil
{
    public required string Key { get; init; }

    public required (int Line, int Column) Place { get; init; }

    public string FirstName { get; set; } = "";

    public string Prefix { get; set; } = "";

    public string Surname { get; set; } = "";

    public string Year { get; set; } = "";

    public string GroupKey { get; set; } = "";

    public DateOnly? BirthDate { get; set; }

    public DateOnly? LeftOn { get; set; }
}

/// <summary>Reads the elements of an EDEXML file one by one; mistakes are noted and reading goes on, up to where it is no XML.</summary>
internal sealed class EdexReader(string file, DateOnly today)
{
    private readonly Dictionary<string, EdexGroup> groups = [];
    private readonly Dictionary<(string Element, string Key), int> lines = [];

    public List<InputError> Errors { get; } = [];

    public List<EdexPupil> Pupils { get; } = [];

    public EdexGroup? GroupOf(EdexPupil pupil) => groups.GetValueOrDefault(pupil.GroupKey);

    /// <summary>The pupil's year, or else that of the group, is the one of former pupils.</summary>
    public bool HasLeft(EdexPupil pupil) => (pupil.Year.Length > 0 ? pupil.Year : GroupOf(pupil)?.Year) is "H" or "h";

    public void Read(XmlReader xml)
    {
        try
        {
            xml.MoveToContent();
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "EDEX" || xml.NamespaceURI.Length > 0)
            {
                Reject(xml.Place(), null, "register.edex-root");
                return;
            }

            xml.ForEachChild(section => ReadSection(xml, section));
        }
        catch (XmlException broken)
        {
            // Its message may quote what stands in the file. Of a DTD and of an empty file it gives no place.
            Reject(broken.LineNumber > 0 ? (broken.LineNumber, broken.LinePosition) : (1, 1), null, "register.edex-broken");
        }

        // A file of pupils only, which the format allows, names groups that it does not hold.
        foreach (var pupil in Pupils.Where(pupil => groups.Count > 0 && pupil.GroupKey.Length > 0 && GroupOf(pupil) is null))
        {
            Reject(pupil.Place, "groep", "register.edex-unknown-group", ("value", pupil.GroupKey));
        }
    }

    private void ReadSection(XmlReader xml, string section)
    {
        switch (section)
        {
            case "groepen":
                xml.ForEachChild(child => ReadGroup(xml, child));
                break;
            case "leerlingen":
                xml.ForEachChild(child => ReadPupil(xml, child));
                break;
            default:
                xml.Skip();
                break;
        }
    }

    private void ReadGroup(XmlReader xml, string element)
    {
        if (element != "groep" || KeyOf(xml, element) is not { } key)
        {
            xml.Skip();
            return;
        }

        var (name, year) = (xml.Attribute("naam"), "");
        xml.ForEachChild(child => _ = child switch
        {
            "naam" => name = xml.ReadText(),
            "jaargroep" => year = xml.ReadText(),
            _ => xml.PassOver(),
        });
        groups[key] = new EdexGroup(name.Length > 0 ? name : key, year);
    }

    private void ReadPupil(XmlReader xml, string element)
    {
        if (element != "leerling" || KeyOf(xml, element) is not { } key)
        {
            xml.Skip();
            return;
        }

        var pupil = new EdexPupil
        {
            Key = key, Place = xml.Place(), FirstName = xml.Attribute("roepnaam"), Prefix = xml.Attribute("voorvoegsel"), Surname = xml.Attribute("achternaam"),
        };
        xml.ForEachChild(child => ReadField(xml, child, pupil));
        if (pupil.FirstName.Length == 0)
        {
            Reject(pupil.Place, "roepnaam", "register.missing-value");
        }

        Pupils.Add(pupil);
    }

    private void ReadField(XmlReader xml, string field, EdexPupil pupil)
    {
        switch (field)
        {
            case "roepnaam":
                pupil.FirstName = xml.ReadText();
                break;
            case "voorvoegsel":
                pupil.Prefix = xml.ReadText();
                break;
            case "achternaam":
                pupil.Surname = xml.ReadText();
                break;
            case "jaargroep":
                pupil.Year = xml.ReadText();
                break;
            case "groep":
                pupil.GroupKey = xml.Attribute("key");
                xml.Skip();
                break;
            case "geboortedatum":
                pupil.BirthDate = ReadBirthDate(xml, field);
                break;
            case "uitstroomdatum":
                pupil.LeftOn = ReadDate(xml, field);
                break;
            default:
                xml.Skip();
                break;
        }
    }

    private string? KeyOf(XmlReader xml, string element)
    {
        var key = xml.Attribute("key");
        if (key.Length == 0)
        {
            Reject(xml.Place(), "key", "register.missing-value");
            return null;
        }

        if (!lines.TryAdd((element, key), xml.Place().Line))
        {
            Reject(xml.Place(), "key", "register.key-twice", ("value", key), ("line", lines[(element, key)]));
        }

        return key;
    }

    private DateOnly? ReadDate(XmlReader xml, string field)
    {
        var place = xml.Place();
        var text = xml.ReadText();
        // An xs:date may carry a time zone, and some systems write an instant: the day is what counts.
        if (DateOnly.TryParseExact(text.AsSpan(0, Math.Min(10, text.Length)), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        if (text.Length > 0)
        {
            Reject(place, field, "register.bad-date", ("value", text));
        }

        return null;
    }

    // As in CSV files. Who is not born yet never turns 16, and a guardian's yes would count for ever.
    private DateOnly? ReadBirthDate(XmlReader xml, string field)
    {
        var place = xml.Place();
        var born = ReadDate(xml, field);
        if (born is null || born <= today)
        {
            return born;
        }

        Reject(place, field, "register.future-date", ("value", born.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        return null;
    }

    private void Reject((int Line, int Column) place, string? field, string key, params (string Name, object Value)[] values) =>
        Errors.Add(new InputError(file, place.Line, field, Texts.Get(key, values), place.Column));
}
