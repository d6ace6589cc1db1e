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
public sealed class MinMaxScalingEstimator : IEstimator<MinMaxScalingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly MinMaxScalingOptions _options;

    internal MinMaxScalingEstimator(IReadOnlyList<InputOutputColumnPair> columns, MinMaxScalingOptions options)
    {
        var failures = new OptionFailures("Min-max scaling");
        _columns = ColumnPairs.Checked(columns, failures);
        _options = options;
        options.Check(failures);
        failures.ThrowIfAny();
    }

    /// <summary>Reads the data once and fits the scale of every column.</summary>
    /// <param name="input">The training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be scaled.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, a slot holds no number, or a value is infinite.</exception>
    public MinMaxScalingTransformer Fit(IDataView input)
    {
        var fitted = StatisticsPass.Run<Extremes>(input, _columns);
        return new([.. fitted.Select(column => column.With(MinMaxScalingFit.ParametersOf(column)))], _options);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => ScalingShape.OutputOf(inputSchema, _columns);
}
