using System.Data.Common;
using PublicationGate.App.Commands;
using PublicationGate.App.Service;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Links;
using PublicationGate.Mailing;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App;

/// <summary>What a gate stands on, opened: database up to date, register and protocol chosen, model loaded. Services are made of it elsewhere.</summary>
internal sealed class OpenedGate : IDisposable
{
    private readonly List<IDisposable> databases;
    private readonly Text? notice;
    private readonly ProtocolChoice? protocol;

    private OpenedGate(GateSetup setup, List<IDisposable> databases, Text? notice, ProtocolChoice? protocol) =>
        (Setup, this.databases, this.notice, this.protocol) = (setup, databases, notice, protocol);

    /// <summary>What services are registered with.</summary>
    public GateSetup Setup { get; }

    /// <summary>What a person should know of the register and the protocol in use, a line each; none when they are simply the school's.</summary>
    public IEnumerable<string> Notices(string language) => (notice is null ? [] : new[] { notice.In(language) }).Concat(protocol?.Warnings(language) ?? []);

    /// <summary>Opens the gate.</summary>
    /// <param name="where">Folder of the gate's data, made when missing, and the database.</param>
    /// <param name="choice">Register and protocol of this run, where they are not the school's own.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    public static async Task<OpenedGate> OpenAsync(DatabaseChoice where, RunChoice choice, CancellationToken cancellationToken)
    {
        var databases = new List<IDisposable>();
        var outputs = choice.KeepsOriginals ? OutputSettingsReader.Read(where.Data.FullName) : OutputList.None;
        var mail = choice.KeepsOriginals ? MailSettingsReader.Read(where.Data.FullName) : MailSettings.None;
        var address = choice.KeepsOriginals && !choice.IsService ? ServiceOptions.PublicAddressIn(where.Data) : PublicAddress.Unknown;
        // The slow parts of a start do not need each other: reading CSV files, loading the model, opening the database.
        // A run that screens nothing needs no model.
        var faces = Task.Run(() => choice.Screens ? GateHost.Models(where.Data).Open() : null, CancellationToken.None);
        try
        {
            var brought = Task.Run(choice.ReadRegister, cancellationToken);
            var database = await Task.Run(() => OpenDatabaseAsync(databases, where, choice, cancellationToken), cancellationToken);
            var isEmpty = await new ConsentRegister(database, TimeProvider.System).IsEmptyAsync(cancellationToken);
            choice.Complete(where.Data, isEmpty);
            var registerDatabase = choice.RegisterFolder is null ? database : await FillRegisterAsync(databases, await brought, cancellationToken);
            // A run that screens nothing judges under the protocols that verdicts name.
            var protocol = choice.Screens ? await ProtocolChoice.MakeAsync(where.Data, choice, new ProtocolHistory(database, TimeProvider.System), cancellationToken) : null;
            var opened = await faces;
            Func<FaceCounter> open = opened is null ? GateHost.Models(where.Data).Open : () => opened;
            var setup = new GateSetup(database, registerDatabase, protocol?.Protocol ?? ProtocolReader.BuiltIn(), open, where.WaitFor(database))
            {
                DecodeBy = choice.DecodesApart ? DecodeCommand.Program() : null,
                Outputs = outputs,
                Mail = mail,
                PublicAddress = address,
                Originals = choice.KeepsOriginals ? () => new(where.Store, new()) : null,
                IsOwnDatabase = choice.NotKeptIn is null || (where.Connection is null && IsMissing(where.File)),
            };
            return new OpenedGate(setup, databases, choice.Notice, protocol);
        }
        catch
        {
            // A program that ends while ONNX Runtime is still loading crashes, and no one sees what was wrong.
            await Task.WhenAny(faces);
            if (faces.IsCompletedSuccessfully)
            {
                (await faces)?.Dispose();
            }

            databases.ForEach(opened => opened.Dispose());
            throw;
        }
    }

    /// <summary>Closes the databases.</summary>
    public void Dispose() => databases.ForEach(opened => opened.Dispose());

    private static async Task<GateDatabase> FillRegisterAsync(List<IDisposable> databases, RegisterContent content, CancellationToken cancellationToken)
    {
        var inMemory = SqliteGateDatabase.InMemory();
        databases.Add(inMemory);
        await inMemory.MigrateAsync(cancellationToken);
        await new ConsentRegister(inMemory, TimeProvider.System).ImportAsync(content, cancellationToken);
        return inMemory;
    }

    // A run that brings its own register needs nothing of the database: where none can be written, it keeps its verdicts to itself.
    private static async Task<GateDatabase> OpenDatabaseAsync(List<IDisposable> databases, DatabaseChoice where, RunChoice choice, CancellationToken cancellationToken)
    {
        try
        {
            var database = await where.OpenAsync(cancellationToken);
            databases.Add(database);
            return database;
        }
        catch (Exception failure) when (choice.RegisterFolder is not null && failure is (IOException or UnauthorizedAccessException or DbException) and not GateDatabaseException { IsMistake: true })
        {
            using var unusable = where.Create();
            choice.NotKeptIn = unusable.Place;
            var inMemory = SqliteGateDatabase.InMemory();
            databases.Add(inMemory);
            await inMemory.MigrateAsync(cancellationToken);
            return inMemory;
        }
    }

    // Certainly missing, not just out of reach: then nothing can have been registered in it.
    private static bool IsMissing(string path)
    {
        try
        {
            File.GetAttributes(path);
            return false;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
