namespace MLExtensions.Trainers.Rows;

/// <summary>Reads the features of the present row of a cursor, for training and for scoring alike.</summary>
/// <param name="row">The cursor.</param>
/// <param name="column">The feature column.</param>
/// <param name="layout">What its slots are; null where nobody knows.</param>
internal sealed class FeatureReader(DataViewRow row, DataViewSchema.Column column, RowLayout? layout)
{
    private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(column);
    private VBuffer<float> _features;

    /// <summary>Copies the features of the row, made dense.</summary>
    /// <param name="destination">Receives them, as many as the column's type promises.</param>
    /// <exception cref="InvalidOperationException">The row has another number of slots, or sparse values in none of them.</exception>
    public void CopyTo(Span<float> destination)
    {
        _getter(ref _features);
        RowChecks.CopyTo(_features, destination, column, row);
    }

    /// <summary>The features of the row where they lie, or, of a sparse row, made dense.</summary>
    /// <param name="dense">Room for a sparse row, as many as the column's type promises.</param>
    /// <exception cref="InvalidOperationException">The row has another number of slots, or one that is NaN, infinite or no index of its categories.</exception>
    public ReadOnlySpan<float> Read(float[] dense)
    {
        _getter(ref _features);
        VectorChecks.RequireSlots(_features, dense.Length, column, row.Position);
        var values = _features.GetValues();
        if (!_features.IsDense)
        {
            _features.CopyTo(dense);
            values = dense;
        }
        RowChecks.RequireUsable(values, layout, column, row.Position);
        return values;
    }
}
