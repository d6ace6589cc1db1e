namespace MLExtensions.Transforms;

/// <summary>
/// Makes the distribution of columns more like a normal one by a power transform, slot by slot, and scales the results to mean 0 and
/// standard deviation 1.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// | characteristic | |
/// | --- | --- |
/// | Input | `Single`, `Double`, or a vector of known size of either, dense or sparse |
/// | Output | the type of the input |
/// | Passes over the data | one, for all columns together; Box-Cox looks for the row of a number that it refuses in another |
/// | Required NuGet in addition to Microsoft.ML | MLExtensions.Transforms |
/// | Exportable to ONNX | Yes |
/// ]]></format>
/// <para>The exponent of every slot is the one of greatest likelihood, found by Brent's method; <see cref="PowerMethod"/> has the formulas. A constant slot
/// keeps its values (exponent 1). All values of the columns are held in memory while fitting, 8 bytes each (zeros of sparse vectors are
/// only counted). NaN is left out in fitting and kept in transforming; fitting refuses infinities, and Box-Cox, fitting and
/// transforming, numbers that are not positive.</para>
/// <para>The definitions are those of scikit-learn's <c>PowerTransformer</c>. Exponents agree as far as the search goes: to about 1e-7,
/// and to 1e-4 where numbers vary little against their distance from zero, so that the likelihood is flat.</para>
/// <para>With some exponents powers never pass a number, <c>-1 / lambda</c> for instance. What lies beyond comes back as the end of the numbers on
/// that side: infinity or, from Box-Cox with a positive exponent, zero. The inverse gives NaN for NaN alone.</para>
/// <para>Powers of numbers far from zero against their spread have no digits left; fitting says so. Scale such a column first.</para>
/// </remarks>
public sealed class PowerScalingEstimator : ScalingEstimator<PowerScalingTransformer>
{
    private readonly PowerScalingOptions _options;

    internal PowerScalingEstimator(IReadOnlyList<InputOutputColumnPair> columns, PowerScalingOptions options)
        : base("Power scaling", columns, options) => _options = options;

    /// <summary>Reads the data once and fits the scale of every column.</summary>
    /// <param name="input">The training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be scaled.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows; a slot holds no number; a value is infinite, or not positive with Box-Cox; or the powers of a slot, or their
    /// variance, are beyond what <c>Double</c> holds.
    /// </exception>
    public override PowerScalingTransformer Fit(IDataView input) =>
        new(StatisticsPass.FitSlots<SampleValues, PowerScalingParameters>(input, Columns, column => PowerScalingFit.ParametersOf(column, _options, input)), _options);
}

/// <summary>A family of power transforms.</summary>
public enum PowerMethod
{
    /// <summary>
    /// For all numbers: <c>((1 + x)^lambda - 1) / lambda</c> where <c>x</c> is not negative, and <c>-((1 - x)^(2 - lambda) - 1) / (2 - lambda)</c> where it
    /// is; logarithms where a divisor is zero. I.-K. Yeo and R. A. Johnson, "A new family of power transformations", 2000.
    /// </summary>
    YeoJohnson,

    /// <summary>
    /// For positive numbers: <c>(x^lambda - 1) / lambda</c>, and <c>log x</c> where lambda is zero. G. E. P. Box and D. R. Cox, "An analysis of
    /// transformations", 1964.
    /// </summary>
    BoxCox,
}

/// <summary>The options of power scaling; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record PowerScalingOptions(PowerMethod Method, bool Standardize) : IScalingOptions<PowerScalingParameters>
{
    public void Check(OptionFailures failures) => failures.Require(Enum.IsDefined(Method), $"method {Method} is unknown");

    public ColumnMap MapOf(PowerScalingParameters parameters) =>
        new PowerMap(Method, [.. parameters.Lambdas], Standardize ? [.. parameters.Means] : new double[parameters.Means.Length], [.. parameters.Divisors]);
}
