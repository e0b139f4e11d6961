using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Removal.Requests;

namespace PublicationGate.Tests.Removal.Requests;

/// <summary>Letters about requests when many come.</summary>
public partial class RemovalRequestTests
{
    [Test]
    public async Task Nonsense_silences_neither_what_is_urgent_nor_letters_to_the_family()
    {
        await using var db = gate.Gate.Database.CreateDbContext();
        db.Accounts.Add(new Account { Id = "manager", UserName = "ans", Roles = Roles.WebsiteManager, Email = "ans@school.example", CreatedAt = gate.Gate.Time.Now });
        await db.SaveChangesAsync();
        for (var time = 0; time < 33; time++)
        {
            await AskAsync("https://elders.example/foto.jpg", source: "stranger");
        }

        var many = await db.Letters.AsNoTracking().Where(letter => letter.Kind == "request-many").OrderBy(letter => letter.Id).ToListAsync();
        Assert.That(many.Select(letter => letter.DueAt - gate.Gate.Time.Now), Is.EqualTo(new TimeSpan?[] { TimeSpan.Zero, TimeSpan.FromHours(1) }), "what comes after the first letter is told by the second");
        Assert.That(await db.Letters.CountAsync(letter => letter.Kind == "request-new"), Is.EqualTo(30));

        var real = await AskAsync("https://elders.example/foto.jpg", source: "family");
        Assert.That(await db.Letters.CountAsync(letter => letter.Kind == "request-received"), Is.EqualTo(6), "five to the stranger's forms, and the family's own");
        await gate.Gate.SendAsync(new AddToRequest(real.Id, "Het is dringend"));
        Assert.That(await db.Letters.CountAsync(letter => letter.Kind == "request-remark"), Is.EqualTo(1));
        await gate.Gate.SendAsync(new AnswerRequest(real.Id, true, "Weggehaald", "manager"));
        Assert.That(await db.Letters.CountAsync(letter => letter.Kind == "request-receipt"), Is.EqualTo(1));
    }
}
