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
/// | Exportable to ONNX | Yes |
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

/// <summary>The options of min-max scaling; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record MinMaxScalingOptions(double Minimum, double Maximum, bool Clip) : IScalingOptions<MinMaxScalingParameters>
{
    public void Check(OptionFailures failures)
    {
        failures.Require(double.IsFinite(Minimum), Invariant($"minimum must be finite, got {Minimum}"));
        failures.Require(double.IsFinite(Maximum), Invariant($"maximum must be finite, got {Maximum}"));
        failures.Require(!(Minimum >= Maximum), Invariant($"minimum must be less than maximum, got {Minimum} and {Maximum}"));
        if (double.IsFinite(Minimum) && double.IsFinite(Maximum))
            failures.Require(double.IsFinite(Maximum - Minimum), Invariant($"maximum - minimum must be finite, got {Minimum} and {Maximum}"));
    }

    public ColumnMap MapOf(MinMaxScalingParameters parameters)
    {
        int slots = parameters.Minima.Length;
        return new AffineMap([.. parameters.Minima], [.. parameters.Divisors], [.. Enumerable.Repeat(Maximum - Minimum, slots)],
            [.. Enumerable.Repeat(Minimum, slots)], Clip ? (Minimum, Maximum) : null);
    }
}
