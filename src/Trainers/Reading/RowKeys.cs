namespace MLExtensions.Trainers.Reading;

/// <summary>The column by which early stopping sets rows aside: a group or a time.</summary>
/// <param name="Column">The column.</param>
/// <param name="IsTime">Whether it is a time, which no row may lack.</param>
internal sealed record RowKeys(DataViewSchema.Column Column, bool IsTime)
{
    private const string ExpectedGroup = $"{LabelType.InWords}, or a key";

    private const string ExpectedTime = "a date, a time or a number";

    private readonly ColumnCodes _codes = ColumnCodes.Of(Column);

    /// <summary>Checks the column of a shape, if options name one.</summary>
    public static void Check(SchemaShape shape, ValidationRows? rows)
    {
        if (rows is { Column: { } name })
            SchemaChecks.Require(shape, RoleOf(rows.IsOrdered), name, rows.IsOrdered ? ExpectedTime : ExpectedGroup, column => column.Kind == SchemaShape.Column.VectorKind.Scalar
                && (column.IsKey ? !rows.IsOrdered : Accepts(column.ItemType, rows.IsOrdered)), rows.IsOrdered ? Advice : null);
    }

    /// <summary>Finds the column of a schema, if options name one.</summary>
    public static RowKeys? Find(DataViewSchema schema, ValidationRows? rows) => rows is not { Column: { } name } ? null
        : new(SchemaChecks.Require(schema, RoleOf(rows.IsOrdered), name, rows.IsOrdered ? ExpectedTime : ExpectedGroup,
            type => type is KeyDataViewType ? !rows.IsOrdered : Accepts(type, rows.IsOrdered), rows.IsOrdered ? Advice : null), rows.IsOrdered);

    /// <summary>Makes the reader of a cursor's rows.</summary>
    /// <exception cref="InvalidOperationException">A row has no time.</exception>
    public Func<int> CreateReader(DataViewRow row)
    {
        var read = _codes.CreateReader(row, Column);
        return () => read() is var code && code == ColumnCodes.Missing && IsTime
            ? throw new InvalidOperationException(Invariant($"Row {row.Position} (counted from 0) of time column '{Column.Name}' (EarlyStopping.ValidationRows) has no value: expected one in each row. Fill it in, or drop such rows."))
            : code;
    }

    /// <summary>What rows are divided by: the number of their group, those without one in one of their own; or the place of their time.</summary>
    /// <param name="codes">The codes that were read, which are overwritten.</param>
    /// <returns>The keys, and how many rows have no value.</returns>
    public (int[] Keys, int WithoutValue) ToKeys(int[] codes)
    {
        int[] ranks = _codes.Ranks();
        int missing = 0;
        foreach (ref int code in codes.AsSpan())
        {
            missing += code == ColumnCodes.Missing ? 1 : 0;
            code = code == ColumnCodes.Missing ? ranks.Length : ranks[code];
        }
        return (codes, missing);
    }

    private static string RoleOf(bool isTime) => isTime ? "time" : "group";

    private static bool Accepts(DataViewType type, bool isTime) => isTime
        ? type is NumberDataViewType or DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType
        : type is not VectorDataViewType && LabelType.Find(type) is not null;

    private static string? Advice(ColumnType type) => type.IsText ? "Make dates of text with Conversion.ConvertType(..., outputKind: DataKind.DateTime), or load the column as such." : null;
}
