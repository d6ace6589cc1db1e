using static System.FormattableString;

namespace MLExtensions.Transforms;

/// <summary>The options of quantile scaling; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record QuantileScalingOptions(QuantileDistribution Distribution, int NumberOfQuantiles) : IScalingOptions<QuantileScalingParameters>
{
    public void Check(OptionFailures failures)
    {
        failures.Require(Enum.IsDefined(Distribution), $"distribution {Distribution} is unknown");
        failures.Require(NumberOfQuantiles >= 1, Invariant($"numberOfQuantiles must be at least 1, got {NumberOfQuantiles}"));
    }

    public ColumnMap MapOf(QuantileScalingParameters parameters) => new QuantileMap([.. parameters.Quantiles.Select(slot => slot.ToArray())], Distribution);
}
