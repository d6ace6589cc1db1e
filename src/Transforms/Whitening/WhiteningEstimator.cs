using Microsoft.ML;

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
/// | Exportable to ONNX | No |
/// ]]></format>
/// <para>With <see cref="WhiteningMethod.PrincipalComponents"/> the results are the components themselves,
/// <c>y_k = v_k (x - mean) / sqrt(variance_k)</c>, those of the largest variance first; with <see cref="WhiteningMethod.ZeroPhase"/> they are
/// turned back, so that each stays as near as possible to its slot. Means and covariances (over <c>n - 1</c>; memory for
/// <c>slots x slots</c> numbers) are found in one numerically stable pass. A component whose variance is rounding noise, as where a slot is
/// constant, is divided by 1.</para>
/// <para>A result depends on every slot. Rows in which a slot is NaN are left out in fitting, and all their results are NaN in transforming.
/// Fitting refuses infinities. Results are dense.</para>
/// <para>Principal components are those of scikit-learn's <c>PCA(whiten=True)</c>, with signs as since its version 1.5: the largest entry of
/// every component is positive. They are found from the covariances, so variances below 2e-16 of the largest, times the number of slots,
/// are noise.</para>
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
