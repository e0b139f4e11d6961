using System.CommandLine;
using System.Globalization;
using PublicationGate.Consent;
using PublicationGate.Intake;
using PublicationGate.Screening;

namespace PublicationGate.App.Commands;

/// <summary><c>register</c>: pupils, answers, staff and permissions in the gate's database.</summary>
internal static class RegisterCommand
{
    public static Command Create(GlobalOptions global) => new("register", global.Text("cli.register"))
    {
        RegisterImportCommand.Create(global),
        RegisterShowCommand.Create(global),
        RegisterHistoryCommand.Create(global),
        RegisterAnswerCommand.Create(global),
        RegisterPermissionCommand.Create(global),
    };

    /// <summary>Runs an action on the register in the data folder of this run.</summary>
    public static async Task<int> WithRegisterAsync(GlobalOptions global, ParseResult parsed, Func<ConsentRegister, Task<int>> action, CancellationToken cancellationToken)
    {
        var choice = global.DatabaseOf(parsed);
        using var database = await choice.OpenAsync(cancellationToken);
        return await choice.WaitFor(database).OutliveAsync(() => action(new ConsentRegister(database, TimeProvider.System)), cancellationToken);
    }

    /// <summary>The consent terms of the protocol file given, else of the one in force.</summary>
    public static async Task<ConsentTerms> TermsAsync(GlobalOptions global, ParseResult parsed, string? file, CancellationToken cancellationToken)
    {
        var where = global.DatabaseOf(parsed);
        using var database = await where.OpenAsync(cancellationToken);
        return (await ProtocolChoice.MakeAsync(where.Data, new RunChoice { ProtocolFile = file }, new ProtocolHistory(database, TimeProvider.System), cancellationToken)).Protocol.ConsentTerms();
    }

    /// <summary>The day that an option names; null when it was not given.</summary>
    /// <exception cref="InputErrorsException">It names no day.</exception>
    public static DateOnly? DayOf(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text ? DayOf(text) ?? throw Mistake(option.Name, "register.bad-date", ("value", text)) : null;

    /// <summary>The day that a text names; null when it names none.</summary>
    public static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();

    public static DateOnly Today() => TimeProvider.System.Today();

    /// <summary>A mistake in an option, told as mistakes in files are.</summary>
    public static InputErrorsException Mistake(string option, string key, params (string Name, object Value)[] values) =>
        new([new InputError(option, 0, null, Texts.Get(key, values))]);
}
