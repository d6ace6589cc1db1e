namespace MLExtensions.Transforms;

/// <summary>
/// Makes the slots of vectors uncorrelated, with mean 0 and variance 1: <c>y = D (x - mean)</c>, where <c>D</c> follows from the principal
/// components of the training data.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// | characteristic | |
/// | --- | --- |
/// | Input | a vector of known size of `Single` or `Double`, dense or sparse |
/// | Output | a vector of the same items: of the components that are kept, with slot names PC1, PC2 and so on; zero-phase, of the slots of the input |
/// | Passes over the data | one, for all columns together |
/// | Required NuGet in addition to Microsoft.ML | MLExtensions.Transforms |
/// | Exportable to ONNX | Yes |
/// ]]></format>
/// <para>With <see cref="WhiteningMethod.PrincipalComponents"/> the results are the components themselves,
/// <c>y_k = v_k (x - mean) / sqrt(variance_k)</c>, those of the largest variance first; with <see cref="WhiteningMethod.ZeroPhase"/> they are
/// turned back, so that each stays as near as possible to its slot. Means and covariances (over <c>n - 1</c>) are found in one numerically
/// stable pass; they take memory for <c>slots x slots</c> numbers, or for the rows, where these are fewer than slots, and the time of the
/// smaller number's cube. There are as many components as slots, or as rows, where these are fewer, unless <c>numberOfComponents</c> asks
/// for more; zero-phase results leave what lies beyond them as it is. A component whose variance is rounding noise, as where a slot is
/// constant, is divided by 1.</para>
/// <para>A result depends on every slot. Rows in which a slot is NaN are left out in fitting, and all their results are NaN in transforming.
/// Fitting refuses infinities. Results are dense.</para>
/// <para>Principal components are those of scikit-learn's <c>PCA(whiten=True)</c>, with signs as since its version 1.5: the largest entry of
/// every component is positive. They are found from the covariances, so variances below 2e-16 of the largest, times the number of slots,
/// are noise.</para>
/// <para>In <c>Single</c> columns, what the rounding of the numbers themselves accounts for is noise too: along a component, 1.4e-14 of the mean
/// squares of the slots, times their number. Behind a scaler, which may have taken away means much larger than the spread, 1.2e-7 of the
/// variances of the slots, times their number: there the rounding errors of the numbers before show, and how large those were cannot be
/// seen any more. A column counts as scaled where its annotation says that it is normalized, as those of all scalers do. Scale in
/// <c>Double</c> where smaller variances matter; where columns were scaled without that annotation, <c>epsilon</c> keeps noise small.</para>
/// </remarks>
public sealed class WhiteningEstimator : ScalingEstimator<WhiteningTransformer>
{
    private readonly WhiteningOptions _options;

    internal WhiteningEstimator(IReadOnlyList<InputOutputColumnPair> columns, WhiteningOptions options)
        : base("Whitening", columns, options) => _options = options;

    /// <summary>Reads the data once and fits the components of every column.</summary>
    /// <param name="input">The training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be scaled.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are fewer than two rows without NaN; a value is infinite; or more components are asked for than there are slots.
    /// </exception>
    public override WhiteningTransformer Fit(IDataView input) =>
        new(StatisticsPass.FitVectors(input, Columns, column => WhiteningFit.ParametersOf(column, _options)), _options);

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        ScalingShape.OutputOf(inputSchema, Columns, ScalableTypes.ExpectedVector, ScalableTypes.AcceptsVector, _options.KeepsSlots);
}

/// <summary>What whitened vectors consist of.</summary>
public enum WhiteningMethod
{
    /// <summary>The principal components, the one of the largest variance first.</summary>
    PrincipalComponents,

    /// <summary>
    /// The original slots, freed from their correlations, and as near to them as uncorrelated slots can be (zero-phase or Mahalanobis
    /// whitening, ZCA). A. J. Bell and T. J. Sejnowski, "The independent components of natural scenes are edge filters", 1997.
    /// </summary>
    ZeroPhase,
}

/// <summary>The options of whitening; <c>ScalingCatalog</c> documents them.</summary>
internal sealed record WhiteningOptions(WhiteningMethod Method, int? NumberOfComponents, double? ShareOfVariance, double Epsilon) : IScalingOptions<WhiteningParameters>
{
    /// <summary>Whether a result is still its slot.</summary>
    public bool KeepsSlots => Method == WhiteningMethod.ZeroPhase;

    public void Check(OptionFailures failures)
    {
        failures.Require(Enum.IsDefined(Method), $"method {Method} is unknown");
        failures.Require(NumberOfComponents is null or >= 1, Invariant($"numberOfComponents must be at least 1, got {NumberOfComponents}"));
        failures.Require(ShareOfVariance is null or > 0 and <= 1, Invariant($"shareOfVariance must be above 0 and at most 1, got {ShareOfVariance}"));
        failures.Require(NumberOfComponents is null || ShareOfVariance is null, "numberOfComponents and shareOfVariance exclude one another");
        failures.Require(Epsilon is >= 0 and < double.PositiveInfinity, Invariant($"epsilon must be finite and not negative, got {Epsilon}"));
    }

    /// <summary>What a component of a variance is divided by.</summary>
    public double DivisorOf(double variance) => variance + Epsilon is > 0 and var sum ? Math.Sqrt(sum) : 1;

    public ColumnMap MapOf(WhiteningParameters parameters)
    {
        int slots = parameters.Means.Length;
        int components = parameters.Components.Length;
        double[] means = [.. parameters.Means];

        // What no component has: nothing where only some are wanted, and else what fewer rows than slots say nothing of.
        double rest = KeepsAll && components < slots ? 1 / DivisorOf(0) : 0;
        if (KeepsSlots && (rest > 0 || 2 * components <= slots))
            return new LowRankMap(means, new double[slots], [.. parameters.Components.SelectMany(component => component)], [.. parameters.Divisors], rest);
        return KeepsSlots ? ZeroPhase(parameters, means) : Components(parameters, means);
    }

    private bool KeepsAll => NumberOfComponents is null && ShareOfVariance is null or 1;

    private static LinearMap Components(WhiteningParameters parameters, double[] means)
    {
        int slots = means.Length;
        int outputs = parameters.Components.Length;
        double[] matrix = new double[slots * outputs];
        double[] back = new double[outputs * slots];
        for (int k = 0; k < outputs; k++)
        {
            var component = parameters.Components[k].AsSpan();
            double deviation = parameters.Divisors[k];
            for (int slot = 0; slot < slots; slot++)
            {
                matrix[slot * outputs + k] = component[slot] / deviation;
                back[k * slots + slot] = component[slot] * deviation;
            }
        }
        return new LinearMap(means, matrix, new double[outputs], back, keepsSlots: false);
    }

    private static LinearMap ZeroPhase(WhiteningParameters parameters, double[] means)
    {
        int slots = means.Length;
        double[] matrix = new double[slots * slots];
        double[] back = new double[slots * slots];
        for (int k = 0; k < parameters.Components.Length; k++)
        {
            var component = parameters.Components[k].AsSpan();
            double deviation = parameters.Divisors[k];
            for (int slot = 0; slot < slots; slot++)
            {
                Multiples.Add(component[slot] / deviation, component, matrix.AsSpan(slot * slots));
                Multiples.Add(component[slot] * deviation, component, back.AsSpan(slot * slots));
            }
        }
        return new LinearMap(means, matrix, new double[slots], back, keepsSlots: true);
    }
}
