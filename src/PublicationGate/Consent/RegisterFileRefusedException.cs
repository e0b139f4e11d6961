using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>Why a file that somebody sends as part of a register is not read.</summary>
public enum RegisterFileFault
{
    /// <summary>There is no file.</summary>
    Nothing,

    /// <summary>It is none of the files of a register, or a link, or locked by a password.</summary>
    Unknown,

    /// <summary>It is there twice.</summary>
    Twice,

    /// <summary>CSV files and an EDEXML file are together.</summary>
    Mixed,

    /// <summary>A zip cannot be unpacked.</summary>
    BrokenZip,

    /// <summary>A zip holds more files than a register has.</summary>
    TooMany,

    /// <summary>All files together are larger than a register can be.</summary>
    TooLarge,
}

/// <summary>A file that somebody sent is not read.</summary>
/// <param name="file">Its name.</param>
/// <param name="fault">Why.</param>
public sealed class RegisterFileRefusedException(string file, RegisterFileFault fault)
    : InputErrorsException([new InputError(file, 0, null, Texts.Get("register.upload." + fault, ("limit", EdexFile.MaxMegabytes)))])
{
    /// <summary>Why.</summary>
    public RegisterFileFault Fault => fault;
}
