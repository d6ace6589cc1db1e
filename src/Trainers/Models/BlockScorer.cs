namespace MLExtensions.Trainers.Models;

/// <summary>The scores of rows that a cursor has read ahead, computed for all of them at once.</summary>
/// <param name="model">The model; it scores batches.</param>
/// <param name="rows">The rows.</param>
/// <param name="column">The feature column.</param>
/// <param name="layout">What its slots are; null where nobody knows.</param>
internal sealed class BlockScorer(DeepMlpModelParameters model, IRowBlock rows, DataViewSchema.Column column, RowLayout? layout)
{
    private float[] _features = [];
    private float[] _scores = [];
    private bool[] _isScored = [];
    private long _number = -1;

    /// <summary>The scores of a row that is held; empty where it has to be scored alone, since something is wrong with it.</summary>
    /// <param name="place">Its place.</param>
    public ReadOnlyMemory<float> this[int place]
    {
        get
        {
            if (_number != rows.Number)
                Score();
            return _isScored[place] ? _scores.AsMemory(place * model.ScoreCount, model.ScoreCount) : default;
        }
    }

    private void Score()
    {
        var vectors = rows.Values<VBuffer<float>>(column);
        if (_isScored.Length < vectors.Length)
            (_features, _scores, _isScored) = (new float[vectors.Length * model.FeatureCount], new float[vectors.Length * model.ScoreCount], new bool[vectors.Length]);
        for (int row = 0; row < vectors.Length; row++)
            _isScored[row] = Read(vectors[row], _features.AsSpan(row * model.FeatureCount, model.FeatureCount));

        var scores = _scores.AsSpan(0, vectors.Length * model.ScoreCount);
        model.ScoreBatch(_features, vectors.Length, scores);
        if (!RowChecks.AllFinite(scores))
        {
            for (int row = 0; row < vectors.Length; row++)
                _isScored[row] &= RowChecks.AllFinite(scores.Slice(row * model.ScoreCount, model.ScoreCount));
        }
        _number = rows.Number;
    }

    // A row that cannot be used is none of the others' business: in its place there are zeros.
    private bool Read(in VBuffer<float> vector, Span<float> features)
    {
        if (vector.IsDense && vector.Length == features.Length && RowChecks.CopyFinite(vector.GetValues(), features) && layout?.FindInvalid(features) is null)
            return true;
        if (VectorChecks.HasSlots(vector, features.Length))
        {
            vector.CopyTo(features);
            if (RowChecks.AreUsable(features, layout))
                return true;
        }
        features.Clear();
        return false;
    }
}
