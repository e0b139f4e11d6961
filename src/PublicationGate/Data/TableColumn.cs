using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PublicationGate.Data;

/// <summary>A column as the model maps it, for writing many rows at once: some ten times as fast as change tracking.</summary>
internal sealed class TableColumn(IProperty property)
{
    private readonly Func<object?, object?> convert = property.GetTypeMapping().Converter?.ConvertToProvider ?? (value => value);

    public string Name { get; } = property.GetColumnName();

    public string StoreType { get; } = property.GetColumnType();

    /// <summary>The table of an entity and its columns, less those whose values the database gives.</summary>
    public static (string Table, IReadOnlyList<TableColumn> Columns) Of<T>(GateDb db)
    {
        var table = db.Model.FindEntityType(typeof(T))!;
        return (table.GetTableName()!, [.. table.GetProperties().Where(property => property.ValueGenerated == ValueGenerated.Never).Select(property => new TableColumn(property))]);
    }

    /// <summary>The value of this column in a row, as the provider stores it.</summary>
    public object? ValueIn(object row) => convert(property.PropertyInfo!.GetValue(row));
}
