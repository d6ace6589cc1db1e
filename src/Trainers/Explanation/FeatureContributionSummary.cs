using System.Globalization;
using System.Text;

namespace MLExtensions.Trainers;

/// <summary>What a feature contributes to the scores of many rows.</summary>
/// <param name="Name">The name of its slot; its number where it has none.</param>
/// <param name="Slot">The slot, from 0.</param>
/// <param name="MeanAbsolute">The mean of the absolute contributions, in units of the score: how much the feature matters.</param>
/// <param name="Mean">The mean of the contributions: in which direction, on the whole.</param>
public sealed record FeatureContribution(string Name, int Slot, double MeanAbsolute, double Mean);

/// <summary>What features contribute to the scores of a data set, those that matter most first; see <see cref="FeatureContributionTransformer.Summarize"/>.</summary>
/// <param name="Features">The features.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="LargestError">The largest <see cref="Attributions.Error"/> of a row, in units of the score.</param>
public sealed record FeatureContributionSummary(IReadOnlyList<FeatureContribution> Features, int Rows, double LargestError)
{
    /// <summary>A table with a line for each feature, in the invariant culture.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("feature,mean_absolute_contribution,mean_contribution\n");
        foreach (var feature in Features)
            text.Append(CsvText.Of(feature.Name)).Append(CultureInfo.InvariantCulture, $",{feature.MeanAbsolute:R},{feature.Mean:R}\n");
        return text.ToString();
    }

    /// <summary>A table to print.</summary>
    public override string ToString()
    {
        int width = Math.Max(7, Features.Max(feature => feature.Name.Length));
        var text = new StringBuilder(Invariant($"{"feature".PadRight(width)}  mean |contribution|   mean  ({Rows} rows)\n"));
        foreach (var feature in Features)
            text.Append(CultureInfo.InvariantCulture, $"{feature.Name.PadRight(width)}  {feature.MeanAbsolute,19:F4}  {feature.Mean,7:F4}\n");
        return text.ToString();
    }

    internal static FeatureContributionSummary Of(RowExplainer explainer, IReadOnlyList<float[]> rows, IReadOnlyList<string>? names)
    {
        // In order of the rows, so that the sums are the same for any number of threads.
        var found = new Attributions[rows.Count];
        Parallel.For(0, rows.Count, row => found[row] = explainer.Explain(rows[row]));
        var features = Enumerable.Range(0, explainer.Network.Inputs).Select(slot => new FeatureContribution(
            names?[slot] is { Length: > 0 } name ? name : slot.ToString(CultureInfo.InvariantCulture), slot,
            found.Average(row => Math.Abs(row.Values[slot])), found.Average(row => row.Values[slot])));
        return new([.. features.OrderByDescending(feature => feature.MeanAbsolute)], rows.Count, found.Max(row => row.Error));
    }
}
