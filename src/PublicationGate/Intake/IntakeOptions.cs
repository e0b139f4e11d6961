using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Intake;

/// <summary>What the gate takes in.</summary>
public sealed record IntakeOptions
{
    /// <summary>Largest file in bytes whose content is read; range 1 to 1 GiB, default 40 MiB. A larger file is only hashed, and held.</summary>
    [Range(1, 1 << 30)]
    public int MaximumBytes { get; init; } = 40 * 1024 * 1024;
}
