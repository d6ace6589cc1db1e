namespace MLExtensions.Tool.Tables;

/// <summary>What one pass over a table finds.</summary>
/// <param name="File">The table.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Columns">What is in each column, in the order of the file.</param>
internal sealed record TableProfile(TableFile File, long Rows, IReadOnlyList<ColumnProfile> Columns)
{
    /// <summary>Reads the table.</summary>
    /// <param name="file">The table.</param>
    /// <param name="missing">Texts that stand for a missing value, beside the usual ones.</param>
    /// <param name="token">Ends the pass.</param>
    /// <exception cref="ToolException">It has no rows, or rows of other lengths.</exception>
    public static TableProfile Of(TableFile file, IReadOnlyList<string> missing, CancellationToken token)
    {
        ColumnProfile[] columns = [.. file.Names.Select(name => new ColumnProfile(name))];
        using var reader = file.ReadRows();
        long rows = 0;
        while (file.NextRow(reader))
        {
            token.ThrowIfCancellationRequested();
            for (int column = 0; column < columns.Length; column++)
                columns[column].Add(reader[column], missing, reader.Line);
            rows++;
        }
        return rows > 0
            ? new(file, rows, columns)
            : throw new ToolException($"{file.Source.Name} has a header and no rows: expected at least one row below it.");
    }
}
