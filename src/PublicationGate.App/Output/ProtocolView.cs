using PublicationGate.Consent;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;
using Spectre.Console;

namespace PublicationGate.App.Output;

/// <summary>A protocol in plain words: who it is of, which channels are open on which terms, what each clause asks.</summary>
internal sealed class ProtocolView(Protocol protocol, ProtocolInForce? act, string language)
{
    /// <summary>Writes what differs between two protocols, or that nothing does.</summary>
    public static void WriteChanges(IReadOnlyList<SettingChange> changes, string language)
    {
        Console.Out.WriteLine(Texts.Get(changes.Count == 0 ? "cli.protocol.no-change" : "cli.protocol.changes").In(language));
        foreach (var change in changes)
        {
            Console.Out.WriteLine(Printable.Of($"  {change.Key}: {Shown(change.Before)} → {Shown(change.After)}"));
        }
    }

    public void Write()
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{Printable.Of(protocol.School)}[/]");
        Console.Out.WriteLine(act is null ? Say("cli.protocol.built-in") : Texts.Get("cli.protocol.since",
            ("version", act.Version[..VerdictStore.ShortestId]), ("since", $"{act.Since:yyyy-MM-dd HH:mm} UTC"), ("source", Texts.Get("protocol-source." + act.Source))).In(language));
        var channels = new Table { Border = TableBorder.Horizontal }.AddColumns(Say("cli.column.channel"), Say("cli.column.open"), Say("cli.column.terms"));
        foreach (var channel in Channels.All)
        {
            var terms = protocol.TermsOf(channel);
            channels.AddRow($"{channel}\n[dim]{Markup.Escape(Texts.ChannelName(channel).In(language))}[/]", terms.IsOpen ? $"[green]✓ {Say("terms.open")}[/]" : $"[red]✗ {Say("terms.shut")}[/]",
                Markup.Escape(Printable.Of(string.Join("; ", Words(protocol, channel, language)))));
        }

        var clauses = new Table { Border = TableBorder.Horizontal }.AddColumns(new TableColumn(Say("cli.column.clause")).NoWrap(), new TableColumn(Say("cli.column.asks")));
        foreach (var clause in Clause.All)
        {
            var kinds = string.Join(" + ", clause.Kinds.Select(kind => Say("clause-kind." + kind)));
            clauses.AddRow($"{clause.Id} [dim]{kinds}[/]", Markup.Escape(Printable.Of(protocol.ShortTextOf(clause.Id).In(language))));
        }

        AnsiConsole.Write(channels);
        AnsiConsole.Write(clauses);
    }

    /// <summary>The terms of a channel; what is usual goes without saying.</summary>
    public static IEnumerable<string> Words(Protocol protocol, string channel, string language)
    {
        var terms = protocol.TermsOf(channel);
        yield return Say(terms.IsPublic ? "terms.public" : "terms.closed");
        if (terms.Kinds.Count < ChannelTermsReader.Kinds.Count)
        {
            yield return Texts.Get("terms.kinds", ("kinds", string.Join(", ", terms.Kinds.Select(kind => Say("media-kind." + kind))))).In(language);
        }

        if (protocol.MinimumGroupOn(channel) is > 0 and var minimum)
        {
            yield return Texts.Get("terms.minimum-group", ("count", minimum)).In(language);
        }

        if (!terms.AllowsPortraits)
        {
            yield return Say("terms.no-portraits");
        }

        yield return Say("terms.names." + terms.Names);
        if (terms.Accounts.Count > 0)
        {
            yield return Texts.Get("terms.accounts", ("accounts", string.Join(", ", terms.Accounts))).In(language);
        }

        if (terms.ConsentLifetime.Kind != ConsentLifetimeKind.Unlimited)
        {
            yield return Texts.Get(terms.ConsentLifetime.Kind == ConsentLifetimeKind.SchoolYear ? "terms.school-year" : "terms.months", ("months", terms.ConsentLifetime.Months)).In(language);
        }

        if (terms.Agreement is { } agreement)
        {
            yield return Texts.Get("terms.agreement", ("by", agreement.By), ("on", $"{agreement.On:yyyy-MM-dd}")).In(language);
        }

        string Say(string key) => Texts.Get(key).In(language);
    }

    private string Say(string key) => Texts.Get(key).In(language);

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "-" : value;
}
