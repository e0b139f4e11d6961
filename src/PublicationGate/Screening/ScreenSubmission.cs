using MediatR;
using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>Screens one photo that was taken in: the same for command line, folder and upload.</summary>
/// <param name="File">The photo; it stays the caller's to dispose.</param>
/// <param name="Declaration">What the submitter says of it.</param>
public sealed record ScreenSubmission(MediaFile File, Declaration Declaration) : IRequest<Verdict>;

internal sealed class ScreenSubmissionHandler(PhotoInspection inspection, RuleList rules, Protocol protocol, VerdictStore store)
    : IRequestHandler<ScreenSubmission, Verdict>
{
    public async Task<Verdict> Handle(ScreenSubmission request, CancellationToken cancellationToken)
    {
        var facts = await inspection.InspectAsync(request.File, request.Declaration, null, cancellationToken);
        var verdict = Verdict.Of(facts, protocol, rules);
        await store.KeepAsync(verdict, protocol, cancellationToken);
        return verdict;
    }
}
