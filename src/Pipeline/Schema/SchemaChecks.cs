using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline;

/// <summary>
/// Finds columns and checks their types, on shapes (before any data) and on schemas, with one wording:
/// <c>Schema mismatch for label column 'Price': expected Single, got String.</c>
/// </summary>
/// <remarks>The exceptions are of the type that ML.NET's own checks throw; their parameter name is the column's.</remarks>
public static class SchemaChecks
{
    // A table of thousands of columns would bury the message.
    private const int Listed = 20;

    /// <summary>Finds a column of a shape.</summary>
    /// <param name="shape">The shape of the input.</param>
    /// <param name="role">What the column is for, such as <c>label</c>.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="expected">The accepted types in words.</param>
    /// <param name="accepts">Whether a column has an accepted type.</param>
    /// <param name="advise">What to do about a column of another type, a sentence, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static SchemaShape.Column Require(SchemaShape shape, string role, string name, string expected, Func<SchemaShape.Column, bool> accepts,
        Func<ColumnType, string?>? advise = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(accepts);

        foreach (var column in shape)
        {
            if (column.Name == name)
                return accepts(column) ? column : throw Mismatch(role, name, expected, Describe(column), advise?.Invoke(ColumnType.Of(column)));
        }
        throw Missing(role, name, expected, shape.Select(column => column.Name));
    }

    /// <summary>Finds a column of a schema.</summary>
    /// <param name="schema">The schema of the input.</param>
    /// <param name="role">What the column is for, such as <c>label</c>.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="expected">The accepted types in words.</param>
    /// <param name="accepts">Whether a column has an accepted type.</param>
    /// <param name="advise">What to do about a column of another type, a sentence, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static DataViewSchema.Column Require(DataViewSchema schema, string role, string name, string expected, Func<DataViewType, bool> accepts,
        Func<ColumnType, string?>? advise = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(accepts);

        var column = schema.GetColumnOrNull(name)
            ?? throw Missing(role, name, expected, schema.Where(c => !c.IsHidden).Select(c => c.Name));
        return accepts(column.Type) ? column : throw Mismatch(role, name, expected, Describe(column.Type), advise?.Invoke(ColumnType.Of(column.Type)));
    }

    /// <summary>The exception for a column of the wrong type.</summary>
    /// <param name="role">What the column is for.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="expected">What was expected, in words.</param>
    /// <param name="got">What arrived, in words.</param>
    /// <param name="advice">What to do, a sentence, or null.</param>
    public static ArgumentOutOfRangeException Mismatch(string role, string name, string expected, string got, string? advice = null) =>
        new(name, $"Schema mismatch for {role} column '{name}': expected {expected}, got {got}.{(advice is null ? "" : $" {advice}")}");

    private static ArgumentOutOfRangeException Missing(string role, string name, string expected, IEnumerable<string> present)
    {
        string[] names = [.. present];
        string nearest = NearestName.Of(name, names) is { } meant ? $" Did you mean '{meant}'?" : "";
        string more = names.Length > Listed ? $" and {names.Length - Listed} more" : "";
        string columns = string.Join(", ", names.Take(Listed).Select(column => $"'{column}'"));
        return new(name, $"Could not find {role} column '{name}' ({expected}).{nearest} The input has {(columns.Length > 0 ? columns : "no columns")}{more}.");
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
