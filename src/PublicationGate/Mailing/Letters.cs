using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Data;

namespace PublicationGate.Mailing;

/// <summary>Writes letters, in the transaction of what they tell of. They are sent as soon as the gate can; without mail settings they wait.</summary>
public static class Letters
{
    /// <summary>Writes a letter, once.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>; the caller saves.</param>
    /// <param name="draft">The letter.</param>
    /// <param name="now">This moment.</param>
    /// <param name="cancellationToken">Ends the look for one of the same key.</param>
    public static async Task WriteAsync(GateDb db, LetterDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (db.Letters.Local.Any(letter => letter.Key == draft.Key) || await db.Letters.AnyAsync(letter => letter.Key == draft.Key, cancellationToken))
        {
            return;
        }

        var values = draft.Values.Concat(draft.Spoken.Select(spoken => KeyValuePair.Create(spoken.Key, spoken.Value.In(draft.Language)))).ToDictionary();
        db.Letters.Add(new Letter
        {
            Key = draft.Key, To = draft.To, Language = draft.Language, Kind = draft.Kind, At = now, DueAt = now,
            Values = JsonSerializer.Serialize(values, JsonSerializerOptions.Web), Link = draft.Link is null ? null : JsonSerializer.Serialize(draft.Link, JsonSerializerOptions.Web),
        });
    }

    /// <summary>Writes a letter to each person with one of the roles who has an e-mail address and is not locked.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>; the caller saves.</param>
    /// <param name="roles">To whom.</param>
    /// <param name="draft">The letter for an account: its key without the account, its address and language are filled in here.</param>
    /// <param name="now">This moment.</param>
    /// <param name="cancellationToken">Ends the look for accounts.</param>
    /// <returns>How many accounts there are to write to.</returns>
    public static async Task<int> WriteToRolesAsync(GateDb db, Roles roles, LetterDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Roles are kept as words: a set of them is no query.
        var accounts = (await db.Accounts.AsNoTracking().Where(account => account.Email != null && !account.IsLocked).ToListAsync(cancellationToken)).Where(account => (account.Roles & roles) != 0).ToList();
        foreach (var account in accounts)
        {
            await WriteAsync(db, draft with { Key = $"{draft.Key}/{account.Id}", To = account.Email!, Language = account.Language ?? "nl" }, now, cancellationToken);
        }

        return accounts.Count;
    }
}
