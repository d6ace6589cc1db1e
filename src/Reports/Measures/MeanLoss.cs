namespace MLExtensions.Reports.Measures;

/// <summary>How wrong scores are, in one number, the lower the better: what importance is measured by.</summary>
internal static class MeanLoss
{
    // Of what was held impossible and came true.
    private const double LeastProbability = 1e-7;

    /// <summary>The logarithmic loss of classes and labels, natural; the root mean squared error of values.</summary>
    public static double Of(ScoredRows rows, LossTasks task) => task switch
    {
        LossTasks.Regression => Math.Sqrt(rows.Labels.Zip(rows.Scores, (label, score) => Math.Pow((double)label - score, 2)).Average()),
        LossTasks.MulticlassClassification => Enumerable.Range(0, rows.Count).Average(row => Log(rows.Scores[row * rows.Width + (int)rows.Labels[row]])),
        _ => rows.Labels.Zip(rows.Scores, (label, probability) => Log(label > 0 ? probability : 1 - (double)probability)).Average(),
    };

    /// <summary>Its name.</summary>
    public static string NameOf(LossTasks task) => task == LossTasks.Regression ? "RMSE" : "log-loss";

    private static double Log(double probability) => -Math.Log(Math.Max(probability, LeastProbability));
}
