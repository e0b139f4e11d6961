using System.CommandLine;
using System.Security.Cryptography;
using PublicationGate.Consent;
using PublicationGate.Intake;

namespace PublicationGate.App.Commands;

/// <summary><c>register answer KEY</c>: appends one answer about a pupil.</summary>
internal static class RegisterAnswerCommand
{
    public static Command Create(GlobalOptions global)
    {
        var key = new Argument<string>("KEY") { Description = global.Text("cli.register.key") };
        var channel = Choice(global, "--channel", "cli.register.answer.channel", [Answer.EveryChannel, .. Channels.All]);
        var kind = Choice(global, "--kind", "cli.register.answer.kind", ["photo", "film", "sound", "name"]);
        var scope = Choice(global, "--scope", "cli.register.answer.scope", ["group", "individual"]);
        var answer = Choice(global, "--answer", "cli.register.answer.answer", ["yes", "no"]);
        var givenBy = new Option<string>("--given-by") { Description = global.Text("cli.register.answer.given-by"), Required = true };
        var by = Choice(global, "--by", "cli.register.answer.by", ["guardian", "pupil", "staff"], isRequired: false);
        by.DefaultValueFactory = _ => "guardian";
        var how = new Option<string?>("--how") { Description = global.Text("cli.register.answer.how") };
        var date = new Option<string?>("--date") { Description = global.Text("cli.register.answer.date") };
        var textVersion = new Option<string?>("--text-version") { Description = global.Text("cli.register.answer.text-version") };
        var proof = new Option<string?>("--proof") { Description = global.Text("cli.register.answer.proof") };
        var protocol = new Option<string?>("--protocol") { Description = global.Text("cli.register.protocol") };
        var command = new Command("answer", global.Text("cli.register.answer")) { key, channel, kind, scope, answer, givenBy, by, how, date, textVersion, proof, protocol };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var now = RegisterCommand.Now();
            var day = RegisterCommand.DayOf(parsed, date);
            var inForce = (await RegisterCommand.TermsAsync(global, parsed, parsed.GetValue(protocol), cancellationToken)).TextVersion;
            var given = new AnswerDraft(
                parsed.GetValue(key)!,
                parsed.GetValue(channel)!,
                Enum.Parse<MediaKind>(parsed.GetValue(kind)!, ignoreCase: true),
                Enum.Parse<ConsentScope>(parsed.GetValue(scope)!, ignoreCase: true),
                parsed.GetValue(answer) == "yes",
                parsed.GetValue(givenBy) is { } who && !string.IsNullOrWhiteSpace(who) ? who : throw RegisterCommand.Mistake("--given-by", "cli.register.answer.empty"),
                Enum.Parse<AnswerBy>(parsed.GetValue(by)!, ignoreCase: true))
            {
                Day = day,
                How = parsed.GetValue(how),
                TextVersion = parsed.GetValue(textVersion),
                Proof = parsed.GetValue(proof) is { } file ? $"{Path.GetFileName(file)} sha256:{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}" : null,
            }.At(now, inForce);
            if (given.Date > now.Day())
            {
                throw RegisterCommand.Mistake("--date", "register.future-date", ("value", parsed.GetValue(date)!));
            }

            return await RegisterCommand.WithRegisterAsync(global, parsed, async register =>
            {
                if (!await register.AnswerAsync(given, cancellationToken) || await register.HistoryAsync(given.PupilKey, cancellationToken) is not (var pupil, _))
                {
                    throw RegisterCommand.Mistake("KEY", "cli.register.no-such-pupil", ("key", given.PupilKey));
                }

                await Console.Out.WriteLineAsync(Texts.Get("cli.register.answer.recorded", ("name", pupil.FirstName), ("group", pupil.Group)).In(parsed.GetValue(global.Language)!));
                return ExitCodes.AllApproved;
            }, cancellationToken);
        });
        return command;
    }

    private static Option<string> Choice(GlobalOptions global, string name, string description, string[] choices, bool isRequired = true)
    {
        var option = new Option<string>(name) { Description = global.Text(description), Required = isRequired };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }
}
