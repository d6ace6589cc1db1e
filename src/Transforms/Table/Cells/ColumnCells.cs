namespace MLExtensions.Transforms.Table.Cells;

/// <summary>Reads the values of one column row by row, each as a number or as a text, whatever its type; it belongs to one cursor.</summary>
/// <remarks>Values of vectors and times have several sources: the slots, and the parts of a time.</remarks>
internal abstract class ColumnCells
{
    /// <summary>Reads the row at which the cursor stands.</summary>
    /// <exception cref="InvalidOperationException">A vector is none of its type.</exception>
    public abstract void Read();

    /// <summary>The value as a number; NaN where it is missing or is none.</summary>
    public abstract double Number(int source);

    /// <summary>The value as a text, until the next row is read; empty where it is missing.</summary>
    public abstract ReadOnlySpan<char> Text(int source);

    public static ColumnCells Of(DataViewRow row, DataViewSchema.Column column, IReadOnlyList<string> missingTexts) => column.Type switch
    {
        KeyDataViewType key => KeyCells.Of(row, column, key),
        VectorDataViewType => new VectorCells(row, column),
        TextDataViewType => new TextCells(row.GetGetter<ReadOnlyMemory<char>>(column), missingTexts),
        BooleanDataViewType => new BooleanCells(row.GetGetter<bool>(column)),
        DateTimeDataViewType => new DateCells<DateTime>(row.GetGetter<DateTime>(column), date => new(date, date)),
        DateTimeOffsetDataViewType => new DateCells<DateTimeOffset>(row.GetGetter<DateTimeOffset>(column), date => new(date.DateTime, date.UtcDateTime)),
        TimeSpanDataViewType => new TimeSpanCells(row.GetGetter<TimeSpan>(column)),
        var type => NumberCells.Of(row, column, type),
    };
}
