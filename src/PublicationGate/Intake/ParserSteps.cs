using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PublicationGate.Intake;

/// <summary>Two steps through YAML events that YamlDotNet's own get wrong for files from strangers.</summary>
internal static class ParserSteps
{
    private const int DeepestNesting = 16;

    /// <summary>Line of the event to come, from 1; at least <paramref name="lastLine"/>.</summary>
    /// <remarks>The parser places a mapping that is left out of its braces, as in <c>[a: b]</c>, on line 1.</remarks>
    public static int LineHere(this IParser parser, int lastLine)
    {
        parser.Accept<ParsingEvent>(out var here);
        return Math.Max(lastLine, (int)here!.Start.Line);
    }

    /// <summary>Passes over one value with all that is in it.</summary>
    /// <remarks>Not to its end at any depth: some ten thousand nested brackets take the scanner minutes.</remarks>
    /// <exception cref="SyntaxErrorException">It is nested too deep.</exception>
    public static void Skip(this IParser parser)
    {
        var depth = 0;
        do
        {
            var passed = parser.Consume<ParsingEvent>();
            depth += passed.NestingIncrease;
            if (depth > DeepestNesting)
            {
                throw new SyntaxErrorException(passed.Start, passed.End, "nested too deep");
            }
        }
        while (depth > 0);
    }
}
