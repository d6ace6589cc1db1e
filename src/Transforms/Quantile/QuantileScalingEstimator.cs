using System.Runtime.InteropServices;

namespace MLExtensions.Transforms;

/// <summary>
/// Replaces values by the share of the training values below them, slot by slot, so that results follow a uniform distribution; or by the
/// normal quantile of that share, so that they follow a normal one.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// | characteristic | |
/// | --- | --- |
/// | Input | `Single`, `Double`, or a vector of known size of either, dense or sparse |
/// | Output | the type of the input |
/// | Passes over the data | one, for all columns together |
/// | Required NuGet in addition to Microsoft.ML | MLExtensions.Transforms |
/// | Exportable to ONNX | No |
/// ]]></format>
/// <para>The share is interpolated between quantiles of the training data; where quantiles repeat, the middle of their shares is taken. Values
/// beyond the training data map to the ends. Quantiles are exact: all values of the columns are held in memory while fitting, 8 bytes each
/// (zeros of sparse vectors are only counted). A constant slot maps to the lower end. NaN is left out in fitting and kept in transforming;
/// fitting refuses infinities.</para>
/// <para>The definitions are those of scikit-learn's <c>QuantileTransformer</c> with <c>subsample</c> beyond the number of rows, except that with normal
/// results its margin of 1e-7 around the extremes is one of shares alone, not of values in the units of the column.</para>
/// <para>The inverse gives the training quantiles back, and the extremes for whatever lay beyond.</para>
/// </remarks>
public sealed class QuantileScalingEstimator : ScalingEstimator<QuantileScalingTransformer>
{
    private readonly QuantileScalingOptions _options;

    internal QuantileScalingEstimator(IReadOnlyList<InputOutputColumnPair> columns, QuantileScalingOptions options)
        : base("Quantile scaling", columns, options) => _options = options;

    /// <inheritdoc/>
    public override QuantileScalingTransformer Fit(IDataView input) =>
        new(StatisticsPass.FitSlots<SampleValues, QuantileScalingParameters>(input, Columns, column => QuantileScalingFit.ParametersOf(column, _options)), _options);
}

/// <summary>What the results of quantile scaling follow.</summary>
public enum QuantileDistribution
{
    /// <summary>The uniform distribution from 0 to 1: the share of the training values below.</summary>
    Uniform,

    /// <summary>
    /// The normal distribution with mean 0 and standard deviation 1. Results lie between -5.2 and 5.2, the quantiles of 1e-7 and 1 - 1e-7.
    /// </summary>
    Normal,
}

/// <summary>The options of quantile scaling; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record QuantileScalingOptions(QuantileDistribution Distribution, int NumberOfQuantiles) : IScalingOptions<QuantileScalingParameters>
{
    public void Check(OptionFailures failures)
    {
        failures.Require(Enum.IsDefined(Distribution), $"distribution {Distribution} is unknown");
        failures.Require(NumberOfQuantiles >= 1, Invariant($"numberOfQuantiles must be at least 1, got {NumberOfQuantiles}"));
    }

    public ColumnMap MapOf(QuantileScalingParameters parameters) =>
        new QuantileMap([.. parameters.Quantiles.Select(slot => ImmutableCollectionsMarshal.AsArray(slot)!)], Distribution);
}
