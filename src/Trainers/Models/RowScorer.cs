namespace MLExtensions.Trainers.Models;

/// <summary>The scores of the present row of one cursor, computed once per row however many columns ask for them.</summary>
internal sealed class RowScorer
{
    private readonly DataViewRow _row;
    private readonly Action<float[]> _score;
    private readonly Action<float[]>? _deviate;
    private readonly IRowBlock? _rows;
    private readonly BlockScorer? _block;
    private readonly float[] _own;
    private ReadOnlyMemory<float> _scores;
    private float[]? _deviations;
    private long _scoredPosition = long.MinValue;
    private long _deviatedPosition = long.MinValue;

    private RowScorer(DataViewRow row, int scoreCount, Action<float[]> score, Action<float[]>? deviate = null, BlockScorer? block = null) =>
        (_row, _score, _deviate, _own, _block, _rows) = (row, score, deviate, new float[scoreCount], block, row as IRowBlock);

    /// <summary>Scores what stands in a feature column.</summary>
    public static RowScorer Of(DeepMlpModelParameters model, DataViewRow row, DataViewSchema.Column features)
    {
        var layout = model.Network.Layout ?? FeatureLayout.Of(features);
        var reader = new FeatureReader(row, features, layout);
        float[] dense = new float[model.FeatureCount];
        return new RowScorer(row, model.ScoreCount, scores => model.Score(reader.Read(dense), scores), deviations => model.ScoreStandardDeviation(reader.Read(dense), deviations),
            row is IRowBlock rows && model.ScoresBatches ? new BlockScorer(model, rows, features, layout) : null);
    }

    /// <summary>Takes scores by the position of the row.</summary>
    public static RowScorer Of(OutOfFoldPredictions predictions, DataViewRow row) =>
        new(row, predictions.ScoreCount, scores => predictions[(int)row.Position].Scores.CopyTo(scores));

    /// <summary>The scores of the present row.</summary>
    /// <exception cref="InvalidOperationException">A feature is NaN, infinite or no index of its categories: the score would be too, and evaluators skip such rows silently.</exception>
    public ReadOnlySpan<float> Scores
    {
        get
        {
            if (_scoredPosition != _row.Position)
                Score();
            return _scores.Span;
        }
    }

    /// <summary>The standard deviation of each of the scores among members, or passes with dropout.</summary>
    /// <exception cref="InvalidOperationException">A feature is NaN, infinite or no index of its categories.</exception>
    public ReadOnlySpan<float> Deviations
    {
        get
        {
            _deviations ??= new float[_own.Length];
            if (_deviatedPosition != _row.Position)
            {
                _deviate!(_deviations);
                RowChecks.RequireFiniteScores(_deviations, _row.Position);
                _deviatedPosition = _row.Position;
            }
            return _deviations;
        }
    }

    private void Score()
    {
        int place = _rows?.Ask() ?? -1;
        _scores = _block is null || place < 0 ? default : _block[place];
        if (_scores.IsEmpty)
        {
            _score(_own);
            RowChecks.RequireFiniteScores(_own, _row.Position);
            _scores = _own;
        }
        _scoredPosition = _row.Position;
    }
}
