namespace PublicationGate;

/// <summary>Ids that lines of the log carry, by what they are of: <c>request</c>, <c>submission</c>, <c>item</c>, <c>verdict</c>. Never names.</summary>
public sealed class LogIds : Dictionary<string, object?>
{
    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', this.Select(id => $"{id.Key}={id.Value}"));
}

/// <summary>A request, or what answers one, that the log may tell from others.</summary>
public interface ILogged
{
    /// <summary>Its ids.</summary>
    LogIds LogIds { get; }
}
