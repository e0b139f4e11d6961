namespace PublicationGate;

/// <summary>An exception that tells a person what they cannot do now: nothing failed.</summary>
public interface IRefusal
{
    /// <summary>Why, and what to do.</summary>
    Text Reason { get; }
}
