using PublicationGate.Accounts;
using PublicationGate.App.Pages;

namespace PublicationGate.App.Duties;

/// <summary>Finds what people have to do, of one kind. One class for each kind, and its line in <see cref="DutyServices"/>, in the order in which people see them.</summary>
internal interface IDuties
{
    /// <summary>What there is to do now, most urgent first.</summary>
    Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken);
}

/// <summary>Something that a person has to do.</summary>
/// <param name="Sentence">What, and until when.</param>
/// <param name="Page">Where it can be done; shown as a link to those who may open it. Null for nowhere.</param>
/// <param name="IsUrgent">It should have been done already.</param>
internal sealed record Duty(Text Sentence, string? Page = null, bool IsUrgent = false)
{
    /// <summary>What the access table calls <see cref="Page"/>, where that has a number in it.</summary>
    public string? Route { get; init; } = Page;

    /// <summary>Only people with one of these roles are told; everybody who sees duties by default.</summary>
    public Roles For { get; init; } = Roles.All;
}

/// <summary>Registers them.</summary>
internal static class DutyServices
{
    public static IServiceCollection AddDuties(this IServiceCollection services) => services
        .AddScoped<IDuties, IncidentDuties>()
        .AddScoped<IDuties, RequestDuties>()
        .AddScoped<IDuties, TakeDownDuties>()
        .AddScoped<IDuties, RecordingDuties>()
        .AddScoped<IDuties, RoundDuties>()
        .AddScoped<IDuties, HeldDuties>()
        .AddScoped<IDuties, ConsentDuties>()
        .AddScoped<OpenDiscussions>()
        .AddScoped<IDuties, ConfirmationDuties>()
        .AddSingleton<RetentionDue>()
        .AddScoped<IDuties, RetentionDuties>()
        .AddScoped<IDuties, MailDuties>()
        .AddScoped<IDuties, FirstStepsDuties>();
}
