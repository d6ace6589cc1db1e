using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.Mapping;

/// <summary>One row with added columns, as a prediction engine asks for it.</summary>
internal sealed class MappedRow(DataViewRow input, BoundMapping mapping, IEnumerable<DataViewSchema.Column> activeColumns) : DataViewRow
{
    private readonly RowColumns _columns = new(input, mapping, activeColumns);

    public override DataViewSchema Schema => mapping.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.Getter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
