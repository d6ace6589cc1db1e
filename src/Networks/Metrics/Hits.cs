namespace MLExtensions.Networks.Metrics;

/// <summary>How often something is true, how often it is predicted, and how often both, by weight.</summary>
/// <param name="True">Of true positives and false negatives.</param>
/// <param name="Predicted">Of true positives and false positives.</param>
/// <param name="Both">Of true positives.</param>
internal readonly record struct Hits(double True, double Predicted, double Both)
{
    /// <summary>The harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN); 0 where nothing is right.</summary>
    public double F1 => Both > 0 ? 2 * Both / (True + Predicted) : 0;

    /// <summary>Counts what each score of some rows stands for: a class, or a label.</summary>
    public static Hits[] Of(in ScoredRows rows)
    {
        var hits = new Hits[rows.ScoreCount];
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.AreClasses)
                Count(hits, rows.LikeliestOf(row), (int)rows.Labels[row], rows.Weights[row]);
            else
                for (int i = 0; i < hits.Length; i++)
                    hits[i] += OfLabel(rows.TruthOf(row, i), rows.IsPredicted(row, i), rows.Weights[row]);
        }
        return hits;
    }

    /// <summary>The sum over several things.</summary>
    public static Hits operator +(Hits one, Hits other) => new(one.True + other.True, one.Predicted + other.Predicted, one.Both + other.Both);

    private static void Count(Hits[] hits, int predicted, int truth, double weight)
    {
        hits[predicted] += new Hits(0, weight, predicted == truth ? weight : 0);
        hits[truth] += new Hits(weight, 0, 0);
    }

    private static Hits OfLabel(float truth, bool isPredicted, double weight) => float.IsNaN(truth) ? default
        : new(truth > 0 ? weight : 0, isPredicted ? weight : 0, truth > 0 && isPredicted ? weight : 0);
}
