namespace MLExtensions.Transforms;

/// <summary>
/// Scales columns to magnitudes of at most 1: <c>y = x / max |x|</c>, slot by slot. Zero stays zero, and sparse vectors sparse.
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
/// <para>A slot of zeros alone is divided by 1. Later data may lie outside the range. NaN is left out in fitting and kept in transforming;
/// fitting refuses infinities.</para>
/// <para>The definitions are those of scikit-learn's <c>MaxAbsScaler</c>, except that numbers below 2e-15 are scaled like any other.</para>
/// </remarks>
public sealed class MaxAbsScalingEstimator : ScalingEstimator<MaxAbsScalingTransformer>
{
    private readonly MaxAbsScalingOptions _options;

    internal MaxAbsScalingEstimator(IReadOnlyList<InputOutputColumnPair> columns, MaxAbsScalingOptions options)
        : base("Max-abs scaling", columns, options) => _options = options;

    /// <inheritdoc/>
    public override MaxAbsScalingTransformer Fit(IDataView input) =>
        new(StatisticsPass.FitSlots<Extremes, MaxAbsScalingParameters>(input, Columns, MaxAbsScalingFit.ParametersOf), _options);
}

/// <summary>The options of max-abs scaling: none.</summary>
internal sealed record MaxAbsScalingOptions : IScalingOptions<MaxAbsScalingParameters>
{
    public void Check(OptionFailures failures) { }

    public ColumnMap MapOf(MaxAbsScalingParameters parameters) => new AffineMap(new double[parameters.Divisors.Length], [.. parameters.Divisors]);
}
