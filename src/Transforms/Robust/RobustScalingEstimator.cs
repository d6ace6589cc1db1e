using MathNet.Numerics.Distributions;

namespace MLExtensions.Transforms;

/// <summary>
/// Scales columns by their median and quantiles, which outliers do not move: <c>y = (x - median) / (upper quantile - lower quantile)</c>, slot by
/// slot; then clips smoothly where asked.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// | characteristic | |
/// | --- | --- |
/// | Input | `Single`, `Double`, or a vector of known size of either, dense or sparse |
/// | Output | the type of the input |
/// | Passes over the data | one, for all columns together |
/// | Required NuGet in addition to Microsoft.ML | MLExtensions.Transforms |
/// | Exportable to ONNX | Yes |
/// ]]></format>
/// <para>Quantiles are exact, with linear interpolation between values. All values of the columns are held in memory while fitting, 8
/// bytes each (zeros of sparse vectors are only counted). A slot whose quantiles coincide is divided by 1. NaN is left out in fitting
/// and kept in transforming; fitting refuses infinities.</para>
/// <para>The definitions are those of scikit-learn's <c>RobustScaler</c>, except that quantiles count as coinciding by their distance relative to
/// their values; ML.NET's <c>NormalizeRobustScaling</c> does not use true quantiles.</para>
/// <para>Smooth clipping, <c>f(y) = y / sqrt(1 + (y / limit)^2)</c>, is that of RealMLP (arXiv 2407.04491), with its rules for slots without spread
/// between the quantiles: they are divided by half their range, and a constant slot maps to zero, whatever comes later.</para>
/// </remarks>
public sealed class RobustScalingEstimator : ScalingEstimator<RobustScalingTransformer>
{
    private readonly RobustScalingOptions _options;

    internal RobustScalingEstimator(IReadOnlyList<InputOutputColumnPair> columns, RobustScalingOptions options)
        : base("Robust scaling", columns, options) => _options = options;

    /// <inheritdoc/>
    public override RobustScalingTransformer Fit(IDataView input) =>
        new(StatisticsPass.FitSlots<SampleValues, RobustScalingParameters>(input, Columns, column => RobustScalingFit.ParametersOf(column, _options)), _options);
}

/// <summary>The options of robust scaling; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record RobustScalingOptions(
    bool Center, bool Scale, double LowerQuantile, double UpperQuantile, bool UnitVariance, double? SmoothClipLimit) : IScalingOptions<RobustScalingParameters>
{
    public void Check(OptionFailures failures)
    {
        failures.Require(LowerQuantile is >= 0 and <= 1, Invariant($"lowerQuantile must be from 0 to 1, got {LowerQuantile}"));
        failures.Require(UpperQuantile is >= 0 and <= 1, Invariant($"upperQuantile must be from 0 to 1, got {UpperQuantile}"));
        failures.Require(!(LowerQuantile >= UpperQuantile), Invariant($"lowerQuantile must be less than upperQuantile, got {LowerQuantile} and {UpperQuantile}"));
        failures.Require(!UnitVariance || (LowerQuantile != 0 && UpperQuantile != 1),
            "unitVariance needs quantiles above 0 and below 1: those of the normal distribution are infinite there");
        failures.Require(!UnitVariance || Scale, "unitVariance needs scale: it changes what is divided by");
        failures.Require(SmoothClipLimit is null or > 0 and < double.PositiveInfinity,
            Invariant($"smoothClipLimit must be positive and finite, got {SmoothClipLimit}"));
    }

    /// <summary>The distance between the quantiles that is divided by 1.</summary>
    public double Unit => UnitVariance ? Normal.InvCDF(0, 1, UpperQuantile) - Normal.InvCDF(0, 1, LowerQuantile) : 1;

    public ColumnMap MapOf(RobustScalingParameters parameters)
    {
        int slots = parameters.Medians.Length;
        double[] centers = Center ? [.. parameters.Medians] : new double[slots];
        return SmoothClipLimit is { } limit
            ? new SmoothClippedMap(centers, [.. Enumerable.Range(0, slots).Select(slot => FactorOf(parameters, slot))], limit)
            : new AffineMap(centers, [.. parameters.Divisors]);
    }

    // The reciprocal of a divisor below 1e-308 is infinite, and what it maps would not come back.
    private double FactorOf(RobustScalingParameters parameters, int slot) =>
        Scale && parameters.IsConstant(slot) ? 0 : Math.Min(double.MaxValue, 1 / parameters.Divisors[slot]);
}
