namespace MLExtensions.Networks.Metrics;

/// <summary>Rows that a metric is taken of: what a model says of them, what is true, and how much each counts.</summary>
internal readonly ref struct ScoredRows
{
    /// <summary>Puts rows together.</summary>
    /// <param name="scores">The scores, [rows x scores]: logits (two classes, several labels), probabilities (several classes), or values in units of the label.</param>
    /// <param name="labels">The labels, [rows x labels]: 0 or 1, the index of the class, or values; NaN where one is missing.</param>
    /// <param name="weights">The weight of each row.</param>
    public ScoredRows(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        Scores = scores;
        Labels = labels;
        Weights = weights;
        ScoreCount = weights.IsEmpty ? 0 : scores.Length / weights.Length;
        LabelCount = weights.IsEmpty ? 0 : labels.Length / weights.Length;
    }

    public ReadOnlySpan<float> Scores { get; }

    public ReadOnlySpan<float> Labels { get; }

    public ReadOnlySpan<float> Weights { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Weights.Length;

    /// <summary>The number of scores of a row.</summary>
    public int ScoreCount { get; }

    /// <summary>The number of labels of a row.</summary>
    public int LabelCount { get; }

    /// <summary>Whether the label of a row is the index of one of several classes, each of which has a score.</summary>
    public bool AreClasses => ScoreCount > LabelCount;

    public ReadOnlySpan<float> ScoresOf(int row) => Scores.Slice(row * ScoreCount, ScoreCount);

    public ReadOnlySpan<float> LabelsOf(int row) => Labels.Slice(row * LabelCount, LabelCount);

    /// <summary>Whether what a score stands for is true, 1, or false, 0: the class of a row, or one of its labels; NaN where that is missing.</summary>
    public float TruthOf(int row, int score) => AreClasses ? Labels[row] == score ? 1 : 0 : Labels[row * LabelCount + score];

    /// <summary>Whether a label is predicted to be true, which is where its logit is above 0.</summary>
    public bool IsPredicted(int row, int label) => Scores[row * ScoreCount + label] > 0;

    /// <summary>The class with the highest score; of equal ones the first.</summary>
    public int LikeliestOf(int row)
    {
        var scores = ScoresOf(row);
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }
        return best;
    }
}
