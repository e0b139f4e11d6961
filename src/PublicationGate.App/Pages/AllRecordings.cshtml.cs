using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Recordings;

namespace PublicationGate.App.Pages;

/// <summary>Recordings with a purpose: what must be destroyed first comes first.</summary>
internal sealed class AllRecordingsModel(GateDb db, RecordingRegister register, TimeProvider time) : GatePage
{
    public IReadOnlyList<Recording> Existing { get; private set; } = [];

    public IReadOnlyList<Recording> Destroyed { get; private set; } = [];

    /// <summary>First names and groups of the pupils that recordings are to help, by key.</summary>
    public IReadOnlyDictionary<string, string> Pupils { get; private set; } = new Dictionary<string, string>();

    /// <summary>Recordings whose destruction was begun and has not ended.</summary>
    public IReadOnlySet<long> Stuck { get; private set; } = new HashSet<long>();

    public DateOnly Today { get; } = time.Today();

    public async Task OnGetAsync()
    {
        var all = await register.ListAsync(Gone);
        (Existing, Destroyed) = ([.. all.Where(recording => recording.DestroyedOn is null)], [.. all.Where(recording => recording.DestroyedOn is not null).OrderByDescending(recording => recording.DestroyedOn)]);
        var keys = all.Select(recording => recording.PupilKey).OfType<string>().Distinct().ToList();
        Pupils = await db.Pupils.AsNoTracking().Where(pupil => keys.Contains(pupil.Key)).ToDictionaryAsync(pupil => pupil.Key, pupil => $"{pupil.FirstName} ({pupil.Group})", Gone);
        Stuck = (await db.Destructions.Where(row => row.EndedAt == null).Select(row => row.RecordingId).ToListAsync(Gone)).ToHashSet();
    }

    /// <summary>How long it is until a recording must be gone.</summary>
    public string Left(Recording recording) => recording.DaysLeft(Today)!.Value switch
    {
        < 0 and var days => T("recording.state.overdue", ("days", -days)),
        0 => T("recordings.today"),
        var days => T("recording.state.due", ("days", days)),
    };
}
