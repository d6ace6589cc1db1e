using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Moves with one cursor and shows a row that is made from it.</summary>
internal sealed class RowCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly DataViewRow _row;

    /// <param name="input">The cursor to move.</param>
    /// <param name="row">The row to show. Disposing it disposes the input.</param>
    public RowCursor(DataViewRowCursor input, DataViewRow row)
    {
        _input = input;
        _row = row;
    }

    public override long Position => _row.Position;

    public override long Batch => _row.Batch;

    public override DataViewSchema Schema => _row.Schema;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _row.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _row.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.GetGetter<TValue>(column);

    public override bool MoveNext() => _input.MoveNext();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _row.Dispose();
        base.Dispose(disposing);
    }
}
