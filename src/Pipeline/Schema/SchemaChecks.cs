using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline;

/// <summary>
/// Finds columns and checks their types, on shapes (before any data) and on schemas, with one wording:
/// <c>Schema mismatch for label column 'Price': expected Single, got String.</c>
/// </summary>
public static class SchemaChecks
{
    /// <summary>Finds a column of a shape.</summary>
    /// <param name="shape">The shape of the input.</param>
    /// <param name="role">What the column is for, such as <c>label</c>.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="expected">The accepted types in words.</param>
    /// <param name="accepts">Whether a column has an accepted type.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static SchemaShape.Column Require(SchemaShape shape, string role, string name, string expected, Func<SchemaShape.Column, bool> accepts)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(accepts);

        foreach (var column in shape)
        {
            if (column.Name == name)
                return accepts(column) ? column : throw Mismatch(role, name, expected, Describe(column));
        }
        throw Missing(role, name, expected, shape.Select(column => column.Name));
    }

    /// <summary>Finds a column of a schema.</summary>
    /// <param name="schema">The schema of the input.</param>
    /// <param name="role">What the column is for, such as <c>label</c>.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="expected">The accepted types in words.</param>
    /// <param name="accepts">Whether a column has an accepted type.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static DataViewSchema.Column Require(DataViewSchema schema, string role, string name, string expected, Func<DataViewType, bool> accepts)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(accepts);

        var column = schema.GetColumnOrNull(name)
            ?? throw Missing(role, name, expected, schema.Where(c => !c.IsHidden).Select(c => c.Name));
        return accepts(column.Type) ? column : throw Mismatch(role, name, expected, Describe(column.Type));
    }

    /// <summary>The exception for a column of the wrong type.</summary>
    /// <param name="role">What the column is for.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="expected">What was expected, in words.</param>
    /// <param name="got">What arrived, in words.</param>
    public static ArgumentOutOfRangeException Mismatch(string role, string name, string expected, string got) =>
        new("inputSchema", $"Schema mismatch for {role} column '{name}': expected {expected}, got {got}.");

    private static ArgumentOutOfRangeException Missing(string role, string name, string expected, IEnumerable<string> present)
    {
        string columns = string.Join(", ", present.Select(column => $"'{column}'"));
        return new("inputSchema", $"Could not find {role} column '{name}' ({expected}). The input has {(columns.Length > 0 ? columns : "no columns")}.");
    }

    private static string Describe(DataViewType type) =>
        type is VectorDataViewType { IsKnownSize: false } ? $"{type} of unknown size" : type.ToString()!;

    private static string Describe(SchemaShape.Column column)
    {
        string item = column.IsKey ? $"Key<{column.ItemType}>" : column.ItemType.ToString()!;
        return column.Kind switch
        {
            SchemaShape.Column.VectorKind.Vector => $"Vector<{item}>",
            SchemaShape.Column.VectorKind.VariableVector => $"Vector<{item}> of unknown size",
            _ => item,
        };
    }
}
