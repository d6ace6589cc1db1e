namespace Microsoft.ML;

/// <summary>
/// The rows of another view with mapped columns. Columns are mapped on several threads, as the real ML.NET does it,
/// so that whoever supplies the input is held to the rules for cursor sets.
/// </summary>
internal sealed class MappedView : IDataView
{
    private static readonly int s_workers = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private readonly IDataView _source;
    private readonly RowMapping _mapping;

    public MappedView(IDataView source, RowMapping mapping)
    {
        _source = source;
        _mapping = mapping;
    }

    public bool CanShuffle => _source.CanShuffle;

    public DataViewSchema Schema => _mapping.OutputSchema;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => ConsolidatingCursor.Consolidate(GetRowCursorSet(columnsNeeded, s_workers, rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        DataViewSchema.Column[] active = columnsNeeded.ToArray();
        DataViewRowCursor[] inputs = _source.GetRowCursorSet(
            _mapping.GetDependencies(active), n, _source.CanShuffle ? rand : null);
        if (inputs.Length == 1 && n > 1 && _mapping.MakesAnyOf(active))
            inputs = SplitCursor.Split(inputs[0], n);
        return inputs.Select(input => (DataViewRowCursor)new RowCursor(input, _mapping.GetRow(input, active))).ToArray();
    }
}
