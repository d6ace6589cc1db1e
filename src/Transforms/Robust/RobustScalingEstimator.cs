using Microsoft.ML;

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
/// | Exportable to ONNX | No |
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
