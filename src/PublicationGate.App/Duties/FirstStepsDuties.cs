using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Mailing;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Duties;

/// <summary>What a school sees to before its first photo: the register, its name, its mail, and whom letters go to.</summary>
internal sealed class FirstStepsDuties(GateDb db, ProtocolInUse protocol, MailSettings mail, PublicAddress address) : IDuties
{
    // What the protocol that comes with the gate calls the school.
    private static readonly string NoName = ProtocolReader.BuiltIn().School;

    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        var managers = (await db.Accounts.AsNoTracking().Where(account => account.Email == null && !account.IsLocked).Select(account => account.Roles).ToListAsync(cancellationToken)).Count(roles => roles.HasFlag(Roles.WebsiteManager));
        // Once letters wait, MailDuties says how many.
        var waiting = db.Letters.Where(letter => letter.DueAt != null);
        List<(string Key, string Page, bool Holds)> steps =
        [
            ("register", "/register/import", !await db.Pupils.AnyAsync(cancellationToken)),
            ("school", "/protocol", protocol.Current.School == NoName),
            ("mail", "/mail", !mail.IsSet && !await waiting.AnyAsync(cancellationToken)),
            ("public-url", "/mail", address.Root is null && !(mail.IsSet && await waiting.AnyAsync(letter => letter.Link != null, cancellationToken))),
            ("managers", "/accounts", managers > 0),
        ];
        return [.. steps.Where(step => step.Holds).Select(step => new Duty(Texts.Get("dashboard.duty.first." + step.Key, ("count", managers)), step.Page))];
    }
}
