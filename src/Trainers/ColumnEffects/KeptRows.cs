namespace MLExtensions.Trainers.ColumnEffects;

/// <summary>Rows of a view, read once: all of its columns that are not hidden.</summary>
internal sealed class KeptRows
{
    private readonly KeptColumn[] _columns;

    private KeptRows(DataViewSchema schema, KeptColumn[] columns, int count) => (Schema, _columns, Count) = (schema, columns, count);

    public DataViewSchema Schema { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The values of a column.</summary>
    public KeptColumn this[int column] => _columns[column];

    /// <summary>Reads rows: all, or so many of them, each as likely as any other to be among them (Vitter 1985, algorithm R).</summary>
    /// <param name="data">The view.</param>
    /// <param name="most">The most rows.</param>
    /// <param name="seed">The seed of those that are drawn.</param>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static KeptRows Read(IDataView data, int most, int seed)
    {
        var sources = data.Schema.Where(column => !column.IsHidden).ToArray();
        var builder = new DataViewSchema.Builder();
        foreach (var source in sources)
            builder.AddColumn(source.Name, source.Type, source.Annotations);
        KeptColumn[] columns = Array.ConvertAll(sources, KeptColumn.Of);

        var random = new RandomStream(seed, "rows of a sample");
        int count = 0;
        using var cursor = data.GetRowCursor(sources);
        var keepers = columns.Zip(sources, (column, source) => column.Keeper(cursor, source)).ToArray();
        for (int seen = 0; cursor.MoveNext(); seen++)
        {
            int place = seen < most ? seen : random.NextIndex(seen + 1);
            if (place >= most)
                continue;
            foreach (var keep in keepers)
                keep(place);
            count = Math.Max(count, place + 1);
        }
        return count > 0 ? new(builder.ToSchema(), columns, count) : throw new InvalidOperationException("The data has no rows: expected at least one to measure the model on.");
    }
}
