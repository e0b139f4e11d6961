namespace PublicationGate.App.Duties;

/// <summary>What is kept longer than the protocol says.</summary>
internal sealed class RetentionDuties(RetentionDue retention) : IDuties
{
    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken) =>
    [
        .. (await retention.FindAsync(cancellationToken)).Select(due => new Duty(due.Key == "left-pupils"
            ? Texts.Get("dashboard.duty.pupils", ("count", due.Count))
            : Texts.Get("dashboard.duty.retention", ("what", Texts.Get("retention.class." + due.Key)), ("count", due.Count)))),
    ];
}
