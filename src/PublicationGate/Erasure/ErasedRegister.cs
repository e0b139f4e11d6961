using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Recordings;

namespace PublicationGate.Erasure;

/// <summary>What the registers hold of a pupil: the pupil, answers, permissions that name them, recordings made for them, and the key of the pseudonym.</summary>
internal sealed class ErasedRegister(GateDb db, string pupilKey, PersonMentions person)
{
    /// <summary>Removes it in the transaction of the context, or counts it.</summary>
    public async Task EraseAsync(IDictionary<string, int> removed, bool isDryRun, CancellationToken cancellationToken)
    {
        var answers = db.Answers.Where(answer => answer.PupilKey == pupilKey);
        var pupils = db.Pupils.Where(pupil => pupil.Key == pupilKey);
        var permissions = (await db.Permissions.AsNoTracking().ToListAsync(cancellationToken)).FindAll(permission => person.AreIn(permission.Key) || person.AreIn(permission.GivenBy) || person.AreIn(permission.Text));
        var recordings = (await db.Recordings.AsNoTracking().ToListAsync(cancellationToken)).FindAll(IsAbout);
        var guardians = db.Guardians.Where(guardian => guardian.PupilKey == pupilKey);
        removed["guardians"] = isDryRun ? await guardians.CountAsync(cancellationToken) : await guardians.ExecuteDeleteAsync(cancellationToken);
        removed["answers"] = isDryRun ? await answers.CountAsync(cancellationToken) : await answers.ExecuteDeleteAsync(cancellationToken);
        // They go with the pupil, as the rows do that say who was asked.
        removed["round-answers"] = await db.RoundAnswers.CountAsync(answer => answer.PupilKey == pupilKey, cancellationToken);
        removed["pupils"] = isDryRun ? await pupils.CountAsync(cancellationToken) : await pupils.ExecuteDeleteAsync(cancellationToken);
        var takenBack = (await db.TakenBackPictures.AsNoTracking().ToListAsync(cancellationToken)).FindAll(picture => person.AreIn(picture.Ground) || person.AreIn(picture.LiftedGround)).ConvertAll(picture => picture.Id);
        (removed["permissions"], removed["recordings"], removed["taken-back"]) = (permissions.Count, recordings.Count, takenBack.Count);
        if (isDryRun)
        {
            return;
        }

        // The wish that the picture stays away is kept, by its hashes alone.
        await db.TakenBackPictures.Where(picture => takenBack.Contains(picture.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(picture => picture.Ground, "").SetProperty(picture => picture.LiftedGround, picture => picture.LiftedGround == null ? null : ""), cancellationToken);
        var keys = permissions.ConvertAll(permission => permission.Key);
        await db.Permissions.Where(permission => keys.Contains(permission.Key)).ExecuteDeleteAsync(cancellationToken);
        List<string> persons = [PersonKey.OfPupil(pupilKey), .. keys.Select(PersonKey.OfPermission)];
        await db.PersonKeys.Where(key => persons.Contains(key.Person)).ExecuteDeleteAsync(cancellationToken);
        foreach (var recording in recordings)
        {
            await UnnameAsync(recording, cancellationToken);
        }
    }

    /// <summary>What erasure leaves for a person to see to.</summary>
    /// <param name="requests">Numbers of open requests for removal that it has to do with.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<IReadOnlyList<Text>> LeftAsync(IReadOnlyList<long> requests, CancellationToken cancellationToken)
    {
        var left = new List<Text>();
        var existing = await db.Recordings.AsNoTracking().Where(recording => recording.PupilKey == pupilKey && recording.DestroyedOn == null).Select(recording => recording.Id).ToListAsync(cancellationToken);
        left.AddRange(existing.Select(id => Texts.Get("erasure.left.recording", ("id", id))));
        await foreach (var protocol in db.Protocols.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (person.AreIn(protocol.Yaml))
            {
                left.Add(Texts.Get("erasure.left.protocol", ("version", protocol.Version[..8])));
            }
        }

        var answers = 0;
        await foreach (var answer in db.Answers.AsNoTracking().Where(answer => answer.PupilKey != pupilKey).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            answers += person.AreIn(answer.Proof, isName: true) || person.AreIn(answer.GivenBy) || person.AreIn(answer.How) ? 1 : 0;
        }

        await foreach (var answer in db.RoundAnswers.AsNoTracking().Where(answer => answer.PupilKey != pupilKey && answer.Ground != null).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            answers += person.AreIn(answer.Ground) ? 1 : 0;
        }

        if (answers > 0)
        {
            left.Add(Texts.Get("erasure.left.answers", ("count", answers)));
        }

        if (requests.Count > 0)
        {
            left.Add(Texts.Get("erasure.left.requests", ("count", requests.Count), ("ids", string.Join(", ", requests))));
        }

        return await IncidentsAsync(cancellationToken) is { Count: > 0 } incidents
            ? [.. left, Texts.Get("erasure.left.incidents", ("count", incidents.Count), ("ids", string.Join(", ", incidents)))] : left;
    }

    // A file that a school may have to account for, or give to the police, is the head's to destroy.
    private async Task<List<long>> IncidentsAsync(CancellationToken cancellationToken)
    {
        var found = new SortedSet<long>();
        await foreach (var entry in db.IncidentEntries.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (person.AreIn(entry.Words))
            {
                found.Add(entry.IncidentId);
            }
        }

        return [.. found];
    }

    private bool IsAbout(Recording recording) => recording.PupilKey == pupilKey
        || person.AreIn(recording.FileName, isName: true) || person.AreIn(recording.MadeBy) || person.AreIn(recording.DestructionProof)
        || person.AreIn(recording.NoticeHow);

    // The lock on copies stays, as it does after destruction: only hashes are left. Where it lies stays until it is destroyed: without that nobody could.
    private Task<int> UnnameAsync(Recording recording, CancellationToken cancellationToken)
    {
        var isHelp = recording.PupilKey == pupilKey;
        var name = isHelp || person.AreIn(recording.FileName, isName: true) ? $"recording-{recording.Id}" : recording.FileName;
        var maker = person.AreIn(recording.MadeBy) ? null : recording.MadeBy;
        var proof = person.AreIn(recording.DestructionProof) ? "-" : recording.DestructionProof;
        var key = isHelp ? null : recording.PupilKey;
        var notice = person.AreIn(recording.NoticeHow) ? null : recording.NoticeHow;
        return db.Recordings.Where(row => row.Id == recording.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.PupilKey, key).SetProperty(row => row.FileName, name).SetProperty(row => row.MadeBy, maker).SetProperty(row => row.DestructionProof, proof)
                .SetProperty(row => row.NoticeHow, notice),
            cancellationToken);
    }
}
