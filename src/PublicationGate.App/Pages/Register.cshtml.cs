using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;

namespace PublicationGate.App.Pages;

/// <summary>The groups of the register, and its pupils by name. A name that is looked for is sent as a form: it must not stay behind in addresses.</summary>
internal sealed class RegisterModel(GateDb db, ConsentRegister register, TimeProvider time) : GatePage
{
    private const int MostWords = 6;

    /// <summary>How many pupils are listed at most.</summary>
    public const int MostFound = 50;

    public RegisterCounts Counts { get; private set; } = new([], 0, 0);

    public string? Name { get; private set; }

    /// <summary>Who was found, one more than is listed where there are more; null when nobody was looked for.</summary>
    public IReadOnlyList<Pupil>? Found { get; private set; }

    public bool IsEmpty { get; private set; }

    public Task OnGetAsync() => CountAsync();

    public async Task<IActionResult> OnPostAsync(string? name)
    {
        Name = name?.Trim();
        if (Name is { Length: > 0 })
        {
            Found = await Named(Name).ToListAsync(Gone);
        }

        await CountAsync();
        return Page();
    }

    private async Task CountAsync()
    {
        Counts = await register.CountsAsync(time.Today(), Gone);
        IsEmpty = Counts.Groups.Count == 0 && await register.IsEmptyAsync(Gone);
    }

    private IQueryable<Pupil> Named(string name)
    {
        var fitting = db.Pupils.AsNoTracking();
        foreach (var word in NameFolding.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
        {
            fitting = fitting.Where(pupil => pupil.FoldedFullName.Contains(word) || pupil.Key == name);
        }

        return fitting.OrderBy(pupil => pupil.LeftOn != null).ThenBy(pupil => pupil.FoldedFirstName).ThenBy(pupil => pupil.Key).Take(MostFound + 1);
    }
}
