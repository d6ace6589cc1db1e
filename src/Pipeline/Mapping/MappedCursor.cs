using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.Mapping;

/// <summary>A cursor over a view's rows with added columns; its state is its own, so cursors run side by side.</summary>
internal sealed class MappedCursor(DataViewRowCursor input, BoundMapping mapping, IEnumerable<DataViewSchema.Column> activeColumns) : DataViewRowCursor
{
    private readonly RowColumns _columns = new(input, mapping, activeColumns);

    public override DataViewSchema Schema => mapping.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.Getter<TValue>(column);

    public override bool MoveNext() => input.MoveNext();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
