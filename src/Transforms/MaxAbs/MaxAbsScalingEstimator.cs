using Microsoft.ML;

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
/// | Exportable to ONNX | No |
/// ]]></format>
/// <para>A slot of zeros alone is divided by 1. Later data may lie outside the range. NaN is left out in fitting and kept in transforming;
/// fitting refuses infinities.</para>
/// <para>The definitions are those of scikit-learn's <c>MaxAbsScaler</c>, except that numbers below 2e-15 are scaled like any other.</para>
/// </remarks>
public sealed class MaxAbsScalingEstimator : IEstimator<MaxAbsScalingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly MaxAbsScalingOptions _options;

    internal MaxAbsScalingEstimator(IReadOnlyList<InputOutputColumnPair> columns, MaxAbsScalingOptions options)
    {
        var failures = new OptionFailures("Max-abs scaling");
        _columns = ColumnPairs.Checked(columns, failures);
        _options = options;
        options.Check(failures);
        failures.ThrowIfAny();
    }

    /// <summary>Reads the data once and fits the scale of every column.</summary>
    /// <param name="input">The training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be scaled.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, a slot holds no number, or a value is infinite.
    /// </exception>
    public MaxAbsScalingTransformer Fit(IDataView input)
    {
        var fitted = StatisticsPass.Run<Extremes>(input, _columns);
        return new([.. fitted.Select(column => column.With(MaxAbsScalingFit.ParametersOf(column)))], _options);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => ScalingShape.OutputOf(inputSchema, _columns);
}
