namespace MLExtensions.Trainers.Models;

/// <summary>The rows of training data for which there are out-of-fold predictions, in their order.</summary>
/// <param name="data">The training data.</param>
/// <param name="predictions">The predictions.</param>
internal sealed class OutOfFoldView(IDataView data, OutOfFoldPredictions predictions) : IDataView
{
    // Which row a prediction is of, its place alone tells.
    public bool CanShuffle => false;

    public DataViewSchema Schema => data.Schema;

    public long? GetRowCount() => predictions.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(data.GetRowCursor(columnsNeeded), predictions);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    /// <summary>What to say of data of other rows.</summary>
    public static string Misfit(OutOfFoldPredictions predictions, string rows) => Invariant($"Out-of-fold predictions are of the {predictions.TrainingRows} rows that the model was trained on, in their order, ") +
        $"and the data has {rows}: give the same data, prepared as it was for training.";

    private sealed class Cursor(DataViewRowCursor input, OutOfFoldPredictions predictions) : DataViewRowCursor
    {
        private long _rows;
        private int _index = -1;

        public override DataViewSchema Schema => input.Schema;

        /// <summary>The place of the row among the predictions.</summary>
        public override long Position => _index;

        public override long Batch => 0;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

        public override bool MoveNext()
        {
            while (Move())
            {
                if (_index + 1 < predictions.Count && predictions[_index + 1].Row == _rows - 1)
                {
                    _index++;
                    return true;
                }
            }
            _index = -1;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }

        private bool Move()
        {
            bool moved = input.MoveNext();
            _rows += moved ? 1 : 0;
            if (moved ? _rows > predictions.TrainingRows : _rows != predictions.TrainingRows)
                throw new InvalidOperationException(Misfit(predictions, moved ? "more" : Invariant($"{_rows}")));
            return moved;
        }
    }
}
