using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.Trainers.Reading;

namespace MLExtensions.Trainers.Scoring;

/// <summary>The scores of the present row of one cursor, computed once per row however many columns ask for them.</summary>
internal sealed class RowScorer
{
    private readonly DeepMlpModelParameters _model;
    private readonly DataViewRow _row;
    private readonly DataViewSchema.Column _column;
    private readonly ValueGetter<VBuffer<float>> _getter;
    private readonly float[] _dense;
    private readonly float[] _scores;
    private VBuffer<float> _features;
    private long _scoredPosition = long.MinValue;

    public RowScorer(DeepMlpModelParameters model, DataViewRow row, DataViewSchema.Column features)
    {
        _model = model;
        _row = row;
        _column = features;
        _getter = row.GetGetter<VBuffer<float>>(features);
        _dense = new float[model.FeatureCount];
        _scores = new float[model.ScoreCount];
    }

    /// <summary>The scores of the present row.</summary>
    /// <exception cref="InvalidOperationException">A feature is NaN or infinite: the score would be too, and evaluators skip such rows silently.</exception>
    public ReadOnlySpan<float> Scores
    {
        get
        {
            if (_scoredPosition != _row.Position)
                Score();
            return _scores;
        }
    }

    private void Score()
    {
        _getter(ref _features);
        var values = _features.GetValues();
        if (!_features.IsDense)
        {
            _features.CopyTo(_dense);
            values = _dense;
        }
        RowChecks.RequireFinite(values, _column, _row.Position);
        _model.Score(values, _scores);
        RowChecks.RequireFiniteScores(_scores, _row.Position);
        _scoredPosition = _row.Position;
    }
}
