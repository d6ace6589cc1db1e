namespace Microsoft.ML;

/// <summary>Measures regressions of several outputs, which ML.NET's own <c>Evaluate</c> and <c>CrossValidate</c> do not take.</summary>
public static class RegressionOutputsCatalog
{
    /// <summary>Measures predictions of one or several numbers of a row.</summary>
    /// <param name="catalog"><c>ml.Regression</c>.</param>
    /// <param name="data">Scored rows.</param>
    /// <param name="labelColumnName">The label: <c>Vector&lt;Single&gt;</c> of known size, or one number. NaN is left out.</param>
    /// <param name="scoreColumnName">The prediction, of the same size.</param>
    /// <param name="exampleWeightColumnName">The column with the weight of each row, or null.</param>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">An output has no row to be measured on.</exception>
    public static MultiOutputRegressionMetrics EvaluateOutputs(this RegressionCatalog catalog, IDataView data, string labelColumnName = "Label",
        string scoreColumnName = "Score", string? exampleWeightColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);

        return OutputsEvaluator.Evaluate(data, labelColumnName, scoreColumnName, exampleWeightColumnName);
    }

    /// <summary>Fits an estimator to the rows outside of each fold and measures it on those inside, with ML.NET's own folds.</summary>
    /// <param name="catalog"><c>ml.Regression</c>.</param>
    /// <param name="data">The rows.</param>
    /// <param name="estimator">The estimator, which adds a column <c>Score</c>.</param>
    /// <param name="numberOfFolds">The number of folds, at least 2.</param>
    /// <param name="labelColumnName">The label: <c>Vector&lt;Single&gt;</c> of known size, or one number.</param>
    /// <param name="samplingKeyColumnName">A column of which equal values stay in one fold, or null.</param>
    /// <param name="seed">The seed of the folds; null for that of the context.</param>
    /// <param name="exampleWeightColumnName">The column with the weight of each row, or null.</param>
    /// <inheritdoc cref="EvaluateOutputs"/>
    public static IReadOnlyList<TrainCatalogBase.CrossValidationResult<MultiOutputRegressionMetrics>> CrossValidateOutputs(this RegressionCatalog catalog,
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null,
        int? seed = null, string? exampleWeightColumnName = null) =>
        CrossValidation<MultiOutputRegressionMetrics>.Run(HostEnvironments.Of(catalog), data, estimator, numberOfFolds, samplingKeyColumnName, seed,
            shape => OutputsEvaluator.CheckLabel(shape, labelColumnName),
            scored => OutputsEvaluator.Evaluate(scored, labelColumnName, "Score", exampleWeightColumnName));
}
