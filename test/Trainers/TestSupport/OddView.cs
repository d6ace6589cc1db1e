using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Trainers.Tests;

/// <summary>A view that claims a row count of choice, and may fail at a row.</summary>
internal sealed class OddView(IDataView data, long? rowCount, long failingRow = long.MaxValue) : IDataView
{
    public const string Failure = "The disk is gone.";

    public bool CanShuffle => false;

    public DataViewSchema Schema => data.Schema;

    /// <summary>How many rows were moved to, over all cursors.</summary>
    public int RowsMovedTo { get; private set; }

    public long? GetRowCount() => rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, System.Random? rand = null) =>
        new Cursor(data.GetRowCursor(columnsNeeded), this, failingRow);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, System.Random? rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor cursor, OddView view, long failingRow) : DataViewRowCursor
    {
        public override DataViewSchema Schema => cursor.Schema;

        public override long Position => cursor.Position;

        public override long Batch => cursor.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => cursor.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => cursor.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => cursor.GetGetter<TValue>(column);

        public override bool MoveNext()
        {
            if (cursor.Position + 1 == failingRow)
                throw new IOException(Failure);
            view.RowsMovedTo++;
            return cursor.MoveNext();
        }
    }
}
