namespace Microsoft.ML.Transforms;

internal sealed class SelectedView : IDataView
{
    private readonly IDataView _source;
    private readonly SelectionMapping _mapping;

    public SelectedView(IDataView source, SelectionMapping mapping)
    {
        _source = source;
        _mapping = mapping;
    }

    public bool CanShuffle => _source.CanShuffle;

    public DataViewSchema Schema => _mapping.OutputSchema;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] active = columnsNeeded.ToArray();
        return Select(_source.GetRowCursor(_mapping.GetDependencies(active), rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        DataViewSchema.Column[] active = columnsNeeded.ToArray();
        return _source.GetRowCursorSet(_mapping.GetDependencies(active), n, rand)
            .Select(cursor => Select(cursor, active))
            .ToArray();
    }

    private RowCursor Select(DataViewRowCursor input, IEnumerable<DataViewSchema.Column> active)
        => new(input, new SelectedRow(_mapping, input, active));
}
