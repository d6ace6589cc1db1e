namespace MLExtensions.Networks;

/// <summary>
/// A metric of your own: <c>Metric = new CustomMetric("profit", HigherIsBetter: true, (scores, labels, weights) => ...)</c>. Members of an ensemble call it side by
/// side, so that it must be thread-safe.
/// </summary>
/// <param name="Name">Its name, for the history, logs and reports.</param>
/// <param name="HigherIsBetter">Whether a higher value is better.</param>
/// <param name="Function">What computes it, from all validation rows at once after each epoch.</param>
public sealed record CustomMetric(string Name, bool HigherIsBetter, MetricFunction Function) : ValidationMetric
{
    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override bool HigherIsBetter { get; } = HigherIsBetter;

    /// <inheritdoc/>
    public override LossTasks Tasks => AllTasks;

    /// <summary>What computes it.</summary>
    public MetricFunction Function { get; } = Function;

    internal override IEnumerable<string> Validate() => Failures(
        string.IsNullOrWhiteSpace(Name) ? "Name must not be empty" : null, Function is null ? "Function must not be null" : null);

    internal override double Of(in ScoredRows rows) => Function(rows.Scores, rows.Labels, rows.Weights);
}
