namespace MLExtensions.Transforms.Table.Slots;

/// <summary>Writes the slots of a row, all columns of which it knows; without state, so that cursors share it.</summary>
internal sealed class TableEncoder(TableColumns columns, TableEncodingOptions options)
{
    private readonly PartEncoder[][] _encoders = [.. columns.Select(column => column.Parts.Select(part => PartEncoder.Of(part, options)).ToArray())];

    /// <summary>What was found in the columns.</summary>
    public TableColumns Columns => columns;

    public TableEncodingOptions Options => options;

    /// <summary>Writes the slots of the row at which cells stand.</summary>
    /// <param name="cells">The cells of each column.</param>
    /// <param name="slots">All slots.</param>
    public void Write(ReadOnlySpan<ColumnCells> cells, Span<float> slots)
    {
        for (int column = 0; column < cells.Length; column++)
        {
            cells[column].Read();
            foreach (var encoder in _encoders[column])
                encoder.Write(cells[column], slots);
        }
    }
}
