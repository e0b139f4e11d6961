using PublicationGate.Rounds;

namespace PublicationGate.App.Duties;

/// <summary>Rounds that end soon without an answer about everybody, and rounds that should be closed.</summary>
internal sealed class RoundDuties(RoundBook rounds, TimeProvider time) : IDuties
{
    // Time to ring up, or to hand out paper.
    private const int DaysAhead = 3;

    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        var today = time.Today();
        var waiting = (await rounds.ListAsync(cancellationToken)).Where(line => line.Round is { OpenedAt: not null, ClosedAt: null }).ToList();
        return
        [
            .. waiting.Where(line => line.State == RoundState.Closed).Select(line => new Duty(Texts.Get("dashboard.duty.round.over", ("id", line.Round.Id), ("round", line.Round.Name)), "/rounds", true)),
            .. waiting.Where(line => line.State == RoundState.Open && line.Round.AsksAnswer && line.Answered < line.Pupils && line.Round.Deadline.DayNumber - today.DayNumber <= DaysAhead)
                .Select(line => new Duty(
                    Texts.Get("dashboard.duty.round", ("id", line.Round.Id), ("round", line.Round.Name), ("date", DayTexts.InLetters(line.Round.Deadline)), ("count", line.Pupils - line.Answered), ("pupils", line.Pupils)), "/rounds")),
        ];
    }
}
