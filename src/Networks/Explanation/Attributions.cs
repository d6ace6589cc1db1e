namespace MLExtensions.Networks;

/// <summary>What each slot of a row contributes to a score, against a baseline.</summary>
/// <param name="Values">The contribution of each slot, in units of the score; they sum up to <see cref="Score"/> - <see cref="BaselineScore"/>, but for <see cref="Error"/>.</param>
/// <param name="Score">The score of the row.</param>
/// <param name="BaselineScore">The score of the baseline; of several baselines the mean.</param>
/// <param name="NumberOfSteps">The gradients that were computed, for all baselines together.</param>
public sealed record Attributions(IReadOnlyList<double> Values, double Score, double BaselineScore, int NumberOfSteps)
{
    /// <summary>How far the sum of the values is from the difference between the scores: the error of the integration, and of rounding.</summary>
    public double Error => Math.Abs(Values.Sum() - (Score - BaselineScore));
}
