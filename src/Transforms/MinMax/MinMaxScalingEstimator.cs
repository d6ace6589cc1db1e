using Microsoft.ML;

namespace MLExtensions.Transforms;

/// <summary>
/// Scales columns to a range: <c>y = minimum + (x - min) (maximum - minimum) / (max - min)</c>, slot by slot, where <c>min</c> and
/// <c>max</c> are the smallest and largest values of the training data.
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
/// <para>The value of a constant slot maps to <c>minimum</c>. Later data may lie outside the range; <c>clip</c> bounds them. NaN is left
/// out in fitting and kept in transforming; fitting refuses infinities.</para>
/// <para>The definitions are those of scikit-learn's <c>MinMaxScaler</c>, except that a slot counts as constant by its range
/// relative to its values; ML.NET's <c>NormalizeMinMax</c> keeps zero at zero by default.</para>
/// </remarks>
public sealed class MinMaxScalingEstimator : ScalingEstimator<MinMaxScalingTransformer>
{
    private readonly MinMaxScalingOptions _options;

    internal MinMaxScalingEstimator(IReadOnlyList<InputOutputColumnPair> columns, MinMaxScalingOptions options)
        : base("Min-max scaling", columns, options) => _options = options;

    /// <inheritdoc/>
    public override MinMaxScalingTransformer Fit(IDataView input) =>
        new(StatisticsPass.FitSlots<Extremes, MinMaxScalingParameters>(input, Columns, MinMaxScalingFit.ParametersOf), _options);
}
