using System.Globalization;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>How good predictions of test rows are; null where a metric does not fit the task.</summary>
/// <param name="Accuracy">The share of rows whose most probable class is theirs.</param>
/// <param name="Auc">The area under the ROC curve, of two classes.</param>
/// <param name="LogLoss">The mean of minus the natural logarithm of the probability of a row's class.</param>
/// <param name="Rmse">The root of the mean squared error.</param>
internal sealed record Metrics(double? Accuracy, double? Auc, double? LogLoss, double? Rmse)
{
    // Single has no probabilities nearer to 1.
    private const double LeastProbability = 1e-7;

    /// <summary>Those there are, in words.</summary>
    public string InWords => string.Join(", ", new[] { ("accuracy", Accuracy), ("area", Auc), ("log-loss", LogLoss), ("RMSE", Rmse) }
        .Where(metric => metric.Item2 is not null).Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Item1} {metric.Item2:G4}")));

    /// <summary>Measures predictions.</summary>
    /// <param name="table">The table.</param>
    /// <param name="test">The test rows.</param>
    /// <param name="scores">Their scores, as <see cref="Prediction"/> has them.</param>
    /// <exception cref="InvalidOperationException">There are fewer or more scores than rows ask for, or one is none.</exception>
    public static Metrics Of(Table table, int[] test, float[] scores)
    {
        int outputs = table.Outputs;
        if (scores.Length != test.Length * outputs)
            throw new InvalidOperationException($"gave {scores.Length} scores for {test.Length} rows of {outputs}");
        if (scores.Any(score => !float.IsFinite(score)))
            throw new InvalidOperationException("gave scores that are no numbers");

        if (table.Classes.Count == 0)
            return new(null, null, null, Math.Sqrt(test.Index().Average(row => Math.Pow(scores[row.Index] - table.Targets[row.Item], 2))));

        int right = 0;
        double loss = 0;
        for (int i = 0; i < test.Length; i++)
        {
            int actual = (int)table.Targets[test[i]];
            var row = scores.AsSpan(i * outputs, outputs);
            right += actual == (outputs == 1 ? row[0] > 0.5f ? 1 : 0 : IndexOfMax(row)) ? 1 : 0;
            double probability = outputs > 1 ? row[actual] : actual == 1 ? row[0] : 1 - (double)row[0];
            loss -= Math.Log(Math.Clamp(probability, LeastProbability, 1 - LeastProbability));
        }
        return new((double)right / test.Length, outputs == 1 ? Area(scores, [.. test.Select(row => table.Targets[row] > 0)]) : null, loss / test.Length, null);
    }

    /// <summary>The mean of several splits.</summary>
    public static Metrics Mean(IReadOnlyList<Metrics> all) =>
        new(all.Average(metrics => metrics.Accuracy), all.Average(metrics => metrics.Auc), all.Average(metrics => metrics.LogLoss), all.Average(metrics => metrics.Rmse));

    private static int IndexOfMax(ReadOnlySpan<float> row)
    {
        int best = 0;
        for (int i = 1; i < row.Length; i++)
            best = row[i] > row[best] ? i : best;
        return best;
    }

    // By the ranks of the positive rows: equal scores share theirs.
    private static double? Area(float[] scores, bool[] isPositive)
    {
        double[] ranks = Ranks.Of([.. scores.Select(score => (double)score)]);
        double positive = isPositive.Count(value => value), negative = isPositive.Length - positive;
        double sum = ranks.Where((_, row) => isPositive[row]).Sum();
        return positive > 0 && negative > 0 ? (sum - positive * (positive + 1) / 2) / (positive * negative) : null;
    }
}
