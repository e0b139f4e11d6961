using System.Collections.Concurrent;
using PublicationGate.Data;

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

    /// <summary>Says that a part of the gate failed for a reason nobody foresaw, or works again.</summary>
    /// <param name="part">Which one, a word of <c>watch.part</c>.</param>
    /// <param name="name">Which of several; empty where there is one.</param>
    /// <param name="failure">What it failed by, of which only the kind is said; null when it works.</param>
    /// <returns>Whether that is news.</returns>
    public bool SetFailed(string part, string name, Exception? failure)
    {
        var key = $"watch.part.{part} {name}";
        var wasFine = !problems.ContainsKey(key);
        Set(key, failure is null ? null : Texts.Get("watch.failed", ("part", Texts.Get("watch.part." + part)), ("detail", DatabaseFailure.NameOf(failure))));
        return wasFine == failure is not null;
    }
}
