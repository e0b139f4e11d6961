using PublicationGate.Consent;

namespace PublicationGate.App;

/// <summary>Which register and protocol one run goes by.</summary>
internal sealed class RunChoice
{
    /// <summary>Folder of CSV files that is the register of this run; null for the register in the database.</summary>
    public string? RegisterFolder { get; set; }

    /// <summary>Protocol file of this run; null for the school's own.</summary>
    public string? ProtocolFile { get; init; }

    /// <summary>Protocol file that the screened folder brings, for a school that has none; null when it brings none.</summary>
    public string? BroughtProtocol { get; private set; }

    /// <summary>Whether a screened folder may bring its own register: not one that others put photos into.</summary>
    public bool MayBringRegister { get; init; } = true;

    /// <summary>Originals are kept in the store of the data folder.</summary>
    public bool KeepsOriginals { get; init; }

    /// <summary>Photos are decoded in processes of their own: for a run that must outlive every file.</summary>
    public bool DecodesApart { get; init; }

    /// <summary>The files and folders of this run.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether photos come in while it runs, by other ways than <see cref="Paths"/>.</summary>
    public bool IsService { get; init; }

    /// <summary>Whether photos are screened: then a model and the protocol in force are needed.</summary>
    public bool Screens => IsService || Paths.Count > 0;

    /// <summary>Where the database is that could not be used, when the run goes on without it.</summary>
    public string? NotKeptIn { get; set; }

    /// <summary>What a person should know of this choice.</summary>
    public Text? Notice { get; private set; }

    // A folder that is screened may bring a register, as the samples do.
    private string? BroughtRegister => MayBringRegister && Paths is [var folder] && File.Exists(Path.Combine(folder, "register", "pupils.csv")) ? Path.Combine(folder, "register") : null;

    /// <summary>Reads the register that this run may go by; an empty one when it brings none.</summary>
    /// <exception cref="Intake.InputErrorsException">It holds mistakes.</exception>
    public RegisterContent ReadRegister() => (RegisterFolder ?? BroughtRegister) is { } folder
        ? RegisterCsv.Read(folder, TimeProvider.System.Today())
        : new RegisterContent([], [], []);

    /// <summary>
    /// Fills in what the command line left open. What a screened folder brings holds only as long as the school has no register: photos
    /// must not bring their own consent.
    /// </summary>
    public void Complete(DirectoryInfo data, bool registerIsEmpty)
    {
        if (NotKeptIn is { } place)
        {
            Notice = Texts.Get("cli.verdicts-not-kept", ("folder", place));
        }

        if (RegisterFolder is not null || BroughtRegister is not { } brought)
        {
            return;
        }

        Notice = Texts.Get(registerIsEmpty ? "cli.register-from-folder" : "cli.register-ignored", ("folder", brought));
        if (registerIsEmpty)
        {
            RegisterFolder = brought;
            var protocol = Path.Combine(Paths[0], "protocol.yaml");
            BroughtProtocol = File.Exists(protocol) ? protocol : null;
        }
    }
}
