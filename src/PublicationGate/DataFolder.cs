namespace PublicationGate;

/// <summary>What has a fixed place in the gate's data folder. Whoever keeps, backs up, ages or erases data finds it by these names.</summary>
public static class DataFolder
{
    /// <summary>The SQLite database.</summary>
    public const string Database = "gate.db";

    /// <summary>The store of originals; a link where it lies on another disk.</summary>
    public const string Store = "store";
}
