using PublicationGate.Consent;
using PublicationGate.Intake;
using PublicationGate.Screening;

namespace PublicationGate.App.Duties;

/// <summary>Consents that run out soon: who says yes today, and will not any more when the days of the reminder are over.</summary>
internal sealed class ConsentDuties(ConsentRegister register, ProtocolInUse protocol, TimeProvider time) : IDuties
{
    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        var (current, terms, now, found) = (protocol.Current, protocol.Current.ConsentTerms(), time.GetUtcNow(), new List<Duty>());
        foreach (var soon in Channels.All.Where(channel => current.TermsOf(channel) is { IsOpen: true, Reminder: not null }).GroupBy(channel => current.TermsOf(channel).Reminder!.Value))
        {
            string[] channels = [.. soon];
            var today = await register.MatrixAsync(null, channels, terms, now, cancellationToken);
            var then = (await register.MatrixAsync(null, channels, terms, now.AddDays(soon.Key), cancellationToken)).ToDictionary(row => row.Pupil.Key, row => row.Channels);
            for (var at = 0; at < channels.Length; at++)
            {
                var count = today.Count(row => row.Channels[at].InGroupPhoto == ConsentState.Yes && then.TryGetValue(row.Pupil.Key, out var later) && later[at].InGroupPhotoCause == SilenceCause.RanOut);
                if (count > 0)
                {
                    found.Add(new(Texts.Get("dashboard.duty.consent", ("days", soon.Key), ("channel", Texts.ChannelName(channels[at])), ("count", count)), "/register"));
                }
            }
        }

        return found;
    }
}
