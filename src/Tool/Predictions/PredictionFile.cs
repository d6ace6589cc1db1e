namespace MLExtensions.Tool.Predictions;

/// <summary>Rows with their predictions, written as they are read: memory is that of one row.</summary>
internal static class PredictionFile
{
    /// <summary>Writes all rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="view">The rows.</param>
    /// <param name="file">The table that they come from.</param>
    /// <param name="withInput">Whether the cells of the input stand before predictions.</param>
    /// <param name="output">Receives the table.</param>
    /// <returns>How many rows there were.</returns>
    public static long Write(ToolModel model, TableView view, TableFile file, bool withInput, TextWriter output)
    {
        var writer = new CsvWriter(output, file.Source.Separator);
        var predictions = new PredictionColumns(model, withInput ? file.Names : []);
        WriteRecord(writer, [.. withInput ? file.Names : [], .. predictions.Names]);

        var scored = model.Transformer.Transform(view);
        var record = scored.Schema[TableView.RecordColumn];
        using var cursor = scored.GetRowCursor([.. predictions.Sources.Select(name => scored.Schema[name]), record]);
        var write = predictions.WriterOf(cursor);
        var cells = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(record);
        VBuffer<ReadOnlyMemory<char>> row = default;
        long rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            if (withInput)
            {
                cells(ref row);
                foreach (var cell in row.GetValues())
                    writer.Write(cell.Span);
            }
            write(writer);
            writer.EndRecord();
        }
        return rows;
    }

    private static void WriteRecord(CsvWriter writer, IEnumerable<string> cells)
    {
        foreach (string cell in cells)
            writer.Write(cell);
        writer.EndRecord();
    }
}
