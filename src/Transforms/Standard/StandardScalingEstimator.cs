namespace MLExtensions.Transforms;

/// <summary>
/// Scales columns to mean 0 and standard deviation 1: <c>y = (x - mean) / standardDeviation</c>, slot by slot.
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
/// <para>The variance is the population's unless degrees of freedom are taken off, computed in one numerically stable pass. A
/// constant slot is divided by 1. NaN is left out in fitting and kept in transforming; fitting refuses infinities.</para>
/// <para>The definitions are those of scikit-learn's <c>StandardScaler</c>; ML.NET's <c>NormalizeMeanVariance</c> does not centre
/// by default.</para>
/// </remarks>
public sealed class StandardScalingEstimator : ScalingEstimator<StandardScalingTransformer>
{
    private readonly StandardScalingOptions _options;

    internal StandardScalingEstimator(IReadOnlyList<InputOutputColumnPair> columns, StandardScalingOptions options)
        : base("Standard scaling", columns, options) => _options = options;

    /// <summary>Reads the data once and fits the scale of every column.</summary>
    /// <param name="input">The training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be scaled.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows; a slot holds no number, or too few for the degrees of freedom; or a value is infinite.
    /// </exception>
    public override StandardScalingTransformer Fit(IDataView input) =>
        new(StatisticsPass.FitSlots<Moments, StandardScalingParameters>(input, Columns, column => StandardScalingFit.ParametersOf(column, _options)), _options);
}

/// <summary>The options of standard scaling; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record StandardScalingOptions(bool Center, bool Scale, int DegreesOfFreedom) : IScalingOptions<StandardScalingParameters>
{
    public void Check(OptionFailures failures) =>
        failures.Require(DegreesOfFreedom >= 0, Invariant($"degreesOfFreedom must not be negative, got {DegreesOfFreedom}"));

    public ColumnMap MapOf(StandardScalingParameters parameters) =>
        new AffineMap(Center ? [.. parameters.Means] : new double[parameters.Means.Length], [.. parameters.Divisors]);
}
