using System.Runtime.CompilerServices;

namespace MLExtensions.Trainers.Evaluation;

/// <summary>Cross-validation for metrics that ML.NET has no catalog for, with its own folds and its own results.</summary>
/// <typeparam name="TMetrics">What is measured on each fold.</typeparam>
internal static class CrossValidation<TMetrics>
    where TMetrics : class
{
    /// <summary>Fits an estimator to the rows outside of each fold, and measures it on those inside.</summary>
    /// <param name="environment">The environment, for its seed.</param>
    /// <param name="data">The rows.</param>
    /// <param name="estimator">The estimator.</param>
    /// <param name="numberOfFolds">The number of folds, at least 2.</param>
    /// <param name="samplingKeyColumnName">A column of which equal values stay in one fold, or null.</param>
    /// <param name="seed">The seed of the folds; null for that of the environment.</param>
    /// <param name="check">Checks the shape of scored rows, before anything is fitted.</param>
    /// <param name="evaluate">Measures scored rows.</param>
    public static IReadOnlyList<TrainCatalogBase.CrossValidationResult<TMetrics>> Run(IHostEnvironment environment, IDataView data,
        IEstimator<ITransformer> estimator, int numberOfFolds, string? samplingKeyColumnName, int? seed,
        Action<SchemaShape> check, Func<IDataView, TMetrics> evaluate)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimator);
        if (numberOfFolds < 2)
            throw new ArgumentOutOfRangeException(nameof(numberOfFolds), $"numberOfFolds must be at least 2, got {numberOfFolds}.");

        check(estimator.GetOutputSchema(ShapeOf(null, data.Schema)));
        var folds = new MLContext(HostEnvironments.SeedOf(environment)).Data.CrossValidationSplit(data, numberOfFolds, samplingKeyColumnName, seed);
        return [.. folds.Select((fold, index) =>
        {
            var model = estimator.Fit(fold.TrainSet);
            var scored = model.Transform(fold.TestSet);
            return NewResult(model, evaluate(scored), scored, index);
        })];
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "Create")]
    private static extern SchemaShape ShapeOf(SchemaShape? type, DataViewSchema schema);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern TrainCatalogBase.CrossValidationResult<TMetrics> NewResult(ITransformer model, TMetrics metrics, IDataView scoredHoldOutSet, int fold);
}
