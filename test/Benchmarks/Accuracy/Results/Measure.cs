using System.Globalization;

namespace MLExtensions.Benchmarks.Accuracy;

/// <summary>A number that contenders are compared by.</summary>
/// <param name="Of">The number, null where a set has none.</param>
/// <param name="HigherIsBetter">Whether more of it is better.</param>
/// <param name="Digits">How many digits it is written with.</param>
internal sealed record Measure(Func<Outcome, double?> Of, bool HigherIsBetter = false, int Digits = 4)
{
    public static Measure Accuracy { get; } = new(outcome => outcome.Metrics.Accuracy, HigherIsBetter: true);

    public static Measure Auc { get; } = new(outcome => outcome.Metrics.Auc, HigherIsBetter: true);

    public static Measure LogLoss { get; } = new(outcome => outcome.Metrics.LogLoss);

    public static Measure Rmse { get; } = new(outcome => outcome.Metrics.Rmse);

    public static Measure FitSeconds { get; } = new(outcome => outcome.FitTime.TotalSeconds, Digits: 2);

    /// <summary>Mean and standard deviation of some seeds; null where there is nothing to average.</summary>
    public Summary? Summarize(IEnumerable<Outcome> outcomes)
    {
        double[] values = [.. outcomes.Select(Of).OfType<double>()];
        if (values.Length == 0)
            return null;
        double mean = values.Average();
        return new(mean, values.Length > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)) : null, Digits);
    }
}

/// <summary>A mean over seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation; null of one seed.</param>
/// <param name="Digits">How many decimals numbers below 10 are written with; each further digit before the point takes one.</param>
internal sealed record Summary(double Mean, double? Deviation, int Digits)
{
    public override string ToString()
    {
        int before = Math.Abs(Mean) < 10 ? 0 : (int)Math.Log10(Math.Abs(Mean));
        string format = $"F{Math.Max(0, Digits - before)}";
        string mean = Mean.ToString(format, CultureInfo.InvariantCulture);
        return Deviation is { } deviation ? $"{mean} ± {deviation.ToString(format, CultureInfo.InvariantCulture)}" : mean;
    }
}

/// <summary>What a contender reached on a set with one seed, on average of its splits.</summary>
/// <param name="Set">The name of the set.</param>
/// <param name="Contender">The key of the contender.</param>
/// <param name="Metrics">The metrics.</param>
/// <param name="FitTime">The time of one training.</param>
internal sealed record Outcome(string Set, string Contender, Metrics Metrics, TimeSpan FitTime);
