using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLExtensions.Pipeline.Tests;

/// <summary>A view that counts the rows that are moved to, and fails at a row of choice.</summary>
internal sealed class FailingView(IDataView data) : IDataView
{
    public const string Failure = "The disk is gone.";

    /// <summary>The row that cannot be moved to.</summary>
    public long FailingRow { get; init; } = -1;

    /// <summary>The row of which no value can be had.</summary>
    public long FailingValue { get; init; } = -1;

    /// <summary>Whether cursors have columns active that nobody asked for, as ML.NET's may.</summary>
    public bool MakesAllActive { get; init; }

    /// <summary>How many rows were moved to, over all cursors.</summary>
    public int RowsMovedTo { get; private set; }

    public bool CanShuffle => false;

    public DataViewSchema Schema => data.Schema;

    public long? GetRowCount() => data.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(data.GetRowCursor(MakesAllActive ? data.Schema : columnsNeeded), this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor cursor, FailingView view) : DataViewRowCursor
    {
        public override DataViewSchema Schema => cursor.Schema;

        public override long Position => cursor.Position;

        public override long Batch => cursor.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => cursor.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => cursor.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var getter = cursor.GetGetter<TValue>(column);
            return (ref TValue value) =>
            {
                if (cursor.Position == view.FailingValue)
                    throw new IOException(Failure);
                getter(ref value);
            };
        }

        public override bool MoveNext()
        {
            if (cursor.Position + 1 == view.FailingRow)
                throw new IOException(Failure);
            view.RowsMovedTo++;
            return cursor.MoveNext();
        }
    }
}
