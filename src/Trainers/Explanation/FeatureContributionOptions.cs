namespace MLExtensions.Trainers;

/// <summary>What can be chosen about columns of feature contributions; see <see cref="FeatureContributionEstimator"/>.</summary>
public sealed record FeatureContributionOptions
{
    /// <summary>The column to add, a vector with a number for each slot of the features; its baseline's score goes to a column of that name with <c>Baseline</c> behind it. <c>FeatureContributions</c> by default.</summary>
    public string OutputColumnName { get; init; } = "FeatureContributions";

    /// <summary>How many positive contributions are given, the largest; others are 0. All by default.</summary>
    public int NumberOfPositiveContributions { get; init; } = int.MaxValue;

    /// <summary>How many negative contributions are given, those furthest from 0; others are 0. All by default.</summary>
    public int NumberOfNegativeContributions { get; init; } = int.MaxValue;

    /// <summary>Whether the contributions of a row are divided by the largest of their absolute values, so that they lie from -1 to 1. False by default: they add up to the score.</summary>
    public bool Normalize { get; init; }

    /// <summary>What they add up to. The score before it becomes a probability by default.</summary>
    public ExplainedScore Explained { get; init; }

    /// <summary>
    /// The class (multiclass) or label (multilabel, several outputs) that is explained, as text. Null, the default, is the predicted class of each
    /// row, or the label with the highest score; for quantiles the middle one.
    /// </summary>
    public string? ClassName { get; init; }

    /// <summary>The score that is explained by its place, from 0, in place of <see cref="ClassName"/>: where scores have no names. Null by default.</summary>
    public int? ScoreIndex { get; init; }

    /// <summary>
    /// The rows that a row is compared with: 1, the default, is the typical row of the data that is fitted to (the median of each number, the most
    /// frequent of categories); more are as many rows drawn from that data, or all it has, and contributions are the mean over them (expected
    /// gradients). The time grows with them.
    /// </summary>
    public int NumberOfBaselines { get; init; } = 1;

    /// <summary>The seed of the rows that are drawn. 1 by default.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How exactly gradients are integrated.</summary>
    public IntegratedGradientsOptions Integration { get; init; } = new();

    /// <summary>What is wrong with options, all at once.</summary>
    internal IEnumerable<string> Failures()
    {
        if (string.IsNullOrEmpty(OutputColumnName))
            yield return $"{nameof(OutputColumnName)} must not be empty.";
        if (NumberOfPositiveContributions < 0)
            yield return Invariant($"{nameof(NumberOfPositiveContributions)} must not be negative, got {NumberOfPositiveContributions}.");
        if (NumberOfNegativeContributions < 0)
            yield return Invariant($"{nameof(NumberOfNegativeContributions)} must not be negative, got {NumberOfNegativeContributions}.");
        if (!Enum.IsDefined(Explained))
            yield return Invariant($"{nameof(Explained)} must be {ExplainedScore.Score} or {ExplainedScore.Probability}, got {Explained}.");
        if (ClassName is not null && ScoreIndex is not null)
            yield return $"{nameof(ClassName)} and {nameof(ScoreIndex)} both say what is explained: give one of them.";
        if (NumberOfBaselines < 1)
            yield return Invariant($"{nameof(NumberOfBaselines)} must be at least 1, got {NumberOfBaselines}.");
        if (Integration is null)
            yield return $"{nameof(Integration)} must not be null.";
    }
}
