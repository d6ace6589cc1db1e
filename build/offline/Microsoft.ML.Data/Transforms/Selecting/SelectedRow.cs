using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

internal sealed class SelectedRow : DataViewRow
{
    private readonly SelectionMapping _mapping;
    private readonly DataViewRow _input;
    private readonly bool[] _active;

    public SelectedRow(SelectionMapping mapping, DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        _mapping = mapping;
        _input = input;
        _active = ActiveColumns.Flags(mapping.OutputSchema, activeColumns);
    }

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override DataViewSchema Schema => _mapping.OutputSchema;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ActiveColumns.Check(IsColumnActive(column));
        return _input.GetGetter<TValue>(_mapping.SourceOf(column));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }
}
