using System.Security.Cryptography;
using System.Text.Json;

namespace PublicationGate.Consent;

/// <summary>What an import changes in the register, or would change.</summary>
public sealed record RegisterChanges
{
    /// <summary>True when nothing was imported before.</summary>
    public required bool IsFirst { get; init; }

    /// <summary>Pupils that the register did not know.</summary>
    public required IReadOnlyList<Pupil> New { get; init; }

    /// <summary>Pupils of whom something changed.</summary>
    public required IReadOnlyList<PupilChange> Changed { get; init; }

    /// <summary>Pupils that the import no longer has: marked as having left, and kept with their answers.</summary>
    public required IReadOnlyList<Pupil> Left { get; init; }

    /// <summary>How many pupils stay as they were.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Answers that are added, in the order of the file.</summary>
    public required IReadOnlyList<Answer> Answers { get; init; }

    /// <summary>How many answers of the file the register had already.</summary>
    public required int KnownAnswers { get; init; }

    /// <summary>Staff by what becomes of them.</summary>
    public required ListChanges<StaffMember> Staff { get; init; }

    /// <summary>Permissions by what becomes of them; none is ever removed.</summary>
    public required ListChanges<PermissionRecord> Permissions { get; init; }

    /// <summary>Guardians by what becomes of them. Links of those who go, or get another address, end.</summary>
    public required ListChanges<Guardian> Guardians { get; init; }

    /// <summary>SHA-256 over all of it, lower-case hexadecimal: the same changes have the same one.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)));
}

/// <summary>A pupil of whom an import changes something.</summary>
/// <param name="Before">As the register had them.</param>
/// <param name="After">As they are from now on.</param>
public sealed record PupilChange(Pupil Before, Pupil After)
{
    /// <summary>Names of the columns whose values differ, as in <c>pupils.csv</c>; at least one.</summary>
    public IReadOnlyList<string> Fields { get; } =
    [
        .. new (string Column, bool Differs)[]
        {
            ("first_name", Before.FirstName != After.FirstName),
            ("prefix", Before.Prefix != After.Prefix),
            ("surname", Before.Surname != After.Surname),
            ("group", Before.Group != After.Group),
            ("birth_date", Before.BirthDate != After.BirthDate),
            ("left_on", Before.LeftOn != After.LeftOn),
        }.Where(field => field.Differs).Select(field => field.Column),
    ];
}

/// <summary>What becomes of the entries of a list.</summary>
/// <param name="New">Entries that are added.</param>
/// <param name="Changed">Entries that are changed, as they will be.</param>
/// <param name="Removed">Entries that go.</param>
public sealed record ListChanges<T>(IReadOnlyList<T> New, IReadOnlyList<T> Changed, IReadOnlyList<T> Removed);
