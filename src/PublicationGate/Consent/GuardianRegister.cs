using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Consent;

/// <summary>A guardian as somebody writes them down.</summary>
/// <param name="Name">What they are called in their answers.</param>
/// <param name="Email">E-mail address; null or blank for letters on paper.</param>
/// <param name="Language"><c>nl</c> or <c>en</c>.</param>
/// <param name="IsPupil">It is the pupil.</param>
public sealed record GuardianDraft(string Name, string? Email, string Language, bool IsPupil);

/// <summary>A guardian cannot be written down so; nothing was changed.</summary>
/// <param name="field">Which member of <see cref="GuardianDraft"/>, in lower case.</param>
/// <param name="reason">Why, and what to do.</param>
public sealed class GuardianRefusedException(string field, Text reason) : Exception("refused")
{
    /// <summary>Which member of <see cref="GuardianDraft"/>, in lower case.</summary>
    public string Field { get; } = field;

    /// <summary>Why, and what to do.</summary>
    public Text Reason { get; } = reason;
}

/// <summary>Who may answer for each pupil, as people edit it. Each act is on record, under the pupil's pseudonym.</summary>
/// <param name="databases">Where the register is.</param>
/// <param name="time">The clock.</param>
public sealed class GuardianRegister(IDbContextFactory<GateDb> databases, TimeProvider time)
{
    /// <summary>The guardians of a pupil, in the order in which they were added.</summary>
    public async Task<IReadOnlyList<Guardian>> OfAsync(string pupilKey, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Guardians.AsNoTracking().Where(guardian => guardian.PupilKey == pupilKey).OrderBy(guardian => guardian.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Adds a guardian.</summary>
    /// <param name="pupilKey">The pupil; one that the register knows.</param>
    /// <param name="draft">The guardian.</param>
    /// <param name="by">Id of the account.</param>
    /// <param name="cancellationToken">Ends it; nothing was changed then.</param>
    /// <exception cref="GuardianRefusedException">The pupil has a guardian of that name, or name or address cannot be used.</exception>
    public Task AddAsync(string pupilKey, GuardianDraft draft, string by, CancellationToken cancellationToken) => ChangeAsync(pupilKey, AuditKinds.GuardianAdded, by, async db =>
    {
        var guardian = new Guardian { PupilKey = pupilKey, Name = "", Language = "nl" };
        Write(guardian, Checked(draft), await OthersAsync(db, guardian, cancellationToken));
        db.Guardians.Add(guardian);
        await db.SaveChangesAsync(cancellationToken);
        return guardian.Id;
    }, cancellationToken);

    /// <summary>Changes a guardian. With another address the links that were given to them end: they may be in wrong hands.</summary>
    /// <inheritdoc cref="AddAsync" path="/param"/>
    /// <param name="pupilKey">The pupil.</param>
    /// <param name="id">The guardian's number.</param>
    /// <param name="draft">The guardian.</param>
    /// <param name="by">Id of the account.</param>
    /// <param name="cancellationToken">Ends it; nothing was changed then.</param>
    /// <returns>False when the pupil has no such guardian.</returns>
    /// <exception cref="GuardianRefusedException">Another guardian of the pupil has that name, or name or address cannot be used.</exception>
    public Task<bool> ChangeAsync(string pupilKey, long id, GuardianDraft draft, string by, CancellationToken cancellationToken) => ChangeAsync(pupilKey, AuditKinds.GuardianChanged, by, async db =>
    {
        if (await db.Guardians.SingleOrDefaultAsync(row => row.Id == id && row.PupilKey == pupilKey, cancellationToken) is not { } guardian)
        {
            return null;
        }

        var before = guardian.Email;
        Write(guardian, Checked(draft), await OthersAsync(db, guardian, cancellationToken));
        if (guardian.Email != before)
        {
            await GuardianLinks.EndAsync(db, [id], time.GetUtcNow(), cancellationToken);
        }

        return id;
    }, cancellationToken);

    /// <summary>Removes a guardian, and ends their links. Answers stay.</summary>
    /// <returns>False when the pupil has no such guardian.</returns>
    public Task<bool> RemoveAsync(string pupilKey, long id, string by, CancellationToken cancellationToken) => ChangeAsync(pupilKey, AuditKinds.GuardianRemoved, by, async db =>
    {
        if (await db.Guardians.SingleOrDefaultAsync(row => row.Id == id && row.PupilKey == pupilKey, cancellationToken) is not { } guardian)
        {
            return null;
        }

        await GuardianLinks.EndAsync(db, [id], time.GetUtcNow(), cancellationToken);
        db.Guardians.Remove(guardian);
        return id;
    }, cancellationToken);

    private async Task<bool> ChangeAsync(string pupilKey, string kind, string by, Func<GateDb, Task<long?>> change, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await change(db) is not { } guardian)
        {
            return false;
        }

        await RegisterAudit.RecordAsync(db, new AuditTrail(time), kind, pupilKey, guardian, by, way: null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static Task<List<Guardian>> OthersAsync(GateDb db, Guardian guardian, CancellationToken cancellationToken) =>
        db.Guardians.AsNoTracking().Where(other => other.PupilKey == guardian.PupilKey && other.Id != guardian.Id).ToListAsync(cancellationToken);

    private static GuardianDraft Checked(GuardianDraft draft)
    {
        var (name, email) = (draft.Name.Trim(), string.IsNullOrWhiteSpace(draft.Email) ? null : draft.Email.Trim());
        return name.Length == 0 ? throw new GuardianRefusedException("name", Texts.Get("guardian.no-name"))
            : name.Length > Guardian.LongestName ? throw new GuardianRefusedException("name", Texts.Get("register.guardian.long-name", ("most", Guardian.LongestName)))
            : email is not null && !Guardian.IsAddress(email) ? throw new GuardianRefusedException("email", Texts.Get("register.guardian.bad-address", ("value", email)))
            : draft with { Name = name, Email = email, Language = draft.Language == "en" ? "en" : "nl" };
    }

    // Answers tell guardians apart by their names.
    private static void Write(Guardian guardian, GuardianDraft draft, List<Guardian> others)
    {
        if (others.Exists(other => other.IsCalled(draft.Name)))
        {
            throw new GuardianRefusedException("name", Texts.Get("guardian.name-taken", ("name", draft.Name)));
        }

        (guardian.Name, guardian.Email, guardian.Language, guardian.IsPupil) = (draft.Name, draft.Email, draft.Language, draft.IsPupil);
    }
}
