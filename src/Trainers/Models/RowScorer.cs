namespace MLExtensions.Trainers.Models;

/// <summary>The scores of the present row of one cursor, computed once per row however many columns ask for them.</summary>
internal sealed class RowScorer
{
    private readonly DeepMlpModelParameters _model;
    private readonly DataViewRow _row;
    private readonly FeatureReader _features;
    private readonly float[] _dense;
    private readonly float[] _scores;
    private long _scoredPosition = long.MinValue;

    public RowScorer(DeepMlpModelParameters model, DataViewRow row, DataViewSchema.Column features)
    {
        _model = model;
        _row = row;
        _features = new FeatureReader(row, features, model.Network.Layout ?? FeatureLayout.Of(features));
        _dense = new float[model.FeatureCount];
        _scores = new float[model.ScoreCount];
    }

    /// <summary>The scores of the present row.</summary>
    /// <exception cref="InvalidOperationException">A feature is NaN, infinite or no index of its categories: the score would be too, and evaluators skip such rows silently.</exception>
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
        _model.Score(_features.Read(_dense), _scores);
        RowChecks.RequireFiniteScores(_scores, _row.Position);
        _scoredPosition = _row.Position;
    }
}
