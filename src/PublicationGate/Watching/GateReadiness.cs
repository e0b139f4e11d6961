using System.Collections.Concurrent;

namespace PublicationGate.Watching;

/// <summary>What keeps the gate from working now, as sentences. Safe for concurrent use.</summary>
public sealed class GateReadiness
{
    private readonly ConcurrentDictionary<string, Text> problems = [];

    /// <summary>True when nothing does.</summary>
    public bool IsReady => problems.IsEmpty;

    /// <summary>What does, and what to do; in a fixed order.</summary>
    public IReadOnlyList<Text> Problems => [.. problems.OrderBy(problem => problem.Key, StringComparer.Ordinal).Select(problem => problem.Value)];

    /// <summary>Says how a part of the gate is.</summary>
    /// <param name="part">Which one.</param>
    /// <param name="problem">What is wrong; null when nothing is any more.</param>
    public void Set(string part, Text? problem)
    {
        if (problem is null)
        {
            problems.TryRemove(part, out _);
        }
        else
        {
            problems[part] = problem;
        }
    }
}
