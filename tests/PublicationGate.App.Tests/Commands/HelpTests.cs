using System.CommandLine;
using PublicationGate.App.Commands;

namespace PublicationGate.App.Tests.Commands;

/// <summary>What <c>--help</c> says of each verb, argument and option.</summary>
public class HelpTests
{
    [TestCase("nl")]
    [TestCase("en")]
    public void Everything_that_can_be_typed_is_described_in_a_sentence(string language)
    {
        var described = With(PublicationGateCommand.Create(language)).SelectMany(command => command.Arguments.Concat<Symbol>(command.Options).Prepend(command))
            .Where(symbol => symbol is not (System.CommandLine.Help.HelpOption or VersionOption)).Select(symbol => $"{symbol.Parents.FirstOrDefault()?.Name} {symbol.Name}: {symbol.Description}").Distinct().ToList();
        Assert.That(described, Has.Count.GreaterThan(100));
        Assert.That(described.Where(line => !System.Text.RegularExpressions.Regex.IsMatch(line, @": \p{Lu}.*[.?]$")), Is.Empty);
    }

    [TestCase("rounds", "Kies een opdracht: list, show.")]
    [TestCase("removals lift 1", "--ground is verplicht.")]
    [TestCase("explain", "Er ontbreekt: ID.")]
    [TestCase("rounds list --yes", "'--yes' is hier niet bekend.")]
    [TestCase("rounds show een", "'een' kan hier niet.")]
    [TestCase("outbox retry --output", "Achter --output ontbreekt de waarde.")]
    [TestCase("screen a.jpg --language de", "'de' kan hier niet. Kies uit: nl, en.")]
    public void A_mistake_is_said_in_the_language_of_the_rest(string line, string sentence) =>
        Assert.That(UsageMistakes.Of(PublicationGateCommand.Create("nl").Parse(line), "nl"), Is.EqualTo(new[] { sentence }));

    private static IEnumerable<Command> With(Command command) => command.Subcommands.SelectMany(With).Prepend(command);
}
