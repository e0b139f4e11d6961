using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Duties.Destruction;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Recordings;

namespace PublicationGate.App.Pages;

/// <summary>One recording: what is known of it, its destruction, and then its certificate, which can be printed.</summary>
internal sealed class OneRecordingModel(GateDb db, RecordingDestruction destruction, TimeProvider time) : GatePage
{
    public Recording Recording { get; private set; } = null!;

    public string? Pupil { get; private set; }

    /// <summary>What keeps it from being destroyed; null for nothing, or when nobody tried.</summary>
    public DestructionProblem? Problem { get; private set; }

    /// <summary>Somebody tried, and it has not ended.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>The certificate; null while it exists, and for those that were destroyed before there were certificates.</summary>
    public DestructionCertificate? Certificate { get; private set; }

    public bool IsGenuine { get; private set; }

    /// <summary>Name of who destroyed it; null for an account that is gone.</summary>
    public string? By { get; private set; }

    public string? Said { get; private set; }

    public int? DaysLeft => Recording.DaysLeft(time.Today());

    /// <summary>A person's words are needed: the gate cannot reach it, or did not find it.</summary>
    public bool NeedsWords => !Recording.IsReachable || Problem is DestructionProblem.Missing or DestructionProblem.Away or DestructionProblem.OtherFile;

    public async Task<IActionResult> OnGetAsync(long id) => await ReadAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, string? said, bool sure)
    {
        if (!await ReadAsync(id) || Recording.DestroyedOn is not null)
        {
            return NotFound();
        }

        if (!sure)
        {
            Mistake("sure", "recordings.not-sure");
            Said = said;
            return Page();
        }

        try
        {
            if (await destruction.DestroyAsync(id, said, Me.Id, CancellationToken.None) is { EndedAt: null })
            {
                return GoTo($"/recordings/{id}");
            }

            Tell("recording.was-destroyed", ("id", id));
            return GoTo($"/recordings/{id}");
        }
        catch (DestructionRefusedException refused)
        {
            ModelState.AddModelError("said", refused.Reason.In(Visit.Language));
        }
        catch (CryptographicException)
        {
            Mistake("", "recording.no-key");
        }

        Said = said;
        return Page();
    }

    private async Task<bool> ReadAsync(long id)
    {
        if (await db.Recordings.AsNoTracking().SingleOrDefaultAsync(recording => recording.Id == id, Gone) is not { } recording)
        {
            return false;
        }

        Recording = recording;
        Pupil = await db.Pupils.AsNoTracking().Where(pupil => pupil.Key == recording.PupilKey).Select(pupil => pupil.FirstName + " (" + pupil.Group + ")").SingleOrDefaultAsync(Gone) ?? recording.PupilKey;
        if (await db.Destructions.AsNoTracking().SingleOrDefaultAsync(row => row.RecordingId == id, Gone) is { } row)
        {
            (Problem, IsBegun) = (row.Problem, row.EndedAt is null);
            Certificate = row.Certificate is null ? null : DestructionCertificate.Read(row.Certificate);
            IsGenuine = Certificate?.IsSignedBy(await CertificateSigner.KeysAsync(db, Gone)) == true;
            By = Certificate is null ? null : await db.Accounts.AsNoTracking().Where(account => account.Id == Certificate.By).Select(account => account.UserName).SingleOrDefaultAsync(Gone) ?? Certificate.By;
        }

        return true;
    }
}
