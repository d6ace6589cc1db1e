using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public abstract class TrainCatalogBase : IInternalCatalog
{
    private protected TrainCatalogBase(IHostEnvironment env)
    {
        Environment = env;
    }

    IHostEnvironment IInternalCatalog.Environment => Environment;

    private protected IHostEnvironment Environment { get; }

    public abstract class CatalogInstantiatorBase : IInternalCatalog
    {
        private protected CatalogInstantiatorBase(TrainCatalogBase catalog)
        {
            Owner = catalog;
        }

        IHostEnvironment IInternalCatalog.Environment => Owner.Environment;

        internal TrainCatalogBase Owner { get; }
    }

    public sealed class CrossValidationResult<T>
        where T : class
    {
        public readonly T Metrics;
        public readonly ITransformer Model;
        public readonly IDataView ScoredHoldOutSet;
        public readonly int Fold;

        internal CrossValidationResult(ITransformer model, T metrics, IDataView scores, int fold)
        {
            Model = model;
            Metrics = metrics;
            ScoredHoldOutSet = scores;
            Fold = fold;
        }
    }

    /// <summary>Fits one fold after another, and evaluates them when all are fitted.</summary>
    private protected IReadOnlyList<CrossValidationResult<T>> CrossValidate<T>(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numFolds,
        string samplingKeyColumn,
        int? seed,
        Func<IDataView, T> evaluate)
        where T : class
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckValue(estimator, nameof(estimator));
        Contracts.CheckParam(numFolds > 1, nameof(numFolds), "Must be more than 1");
        Contracts.CheckParam(samplingKeyColumn != "", nameof(samplingKeyColumn), "Must not be empty");
        var split = new RowSplit(data, samplingKeyColumn, RowSplit.SeedOf(Environment, seed));
        var fitted = split.Folds(numFolds)
            .Select(fold =>
            {
                ITransformer model = estimator.Fit(fold.TrainSet);
                return (Model: model, Scores: model.Transform(fold.TestSet));
            })
            .ToArray();
        return fitted
            .Select((f, i) => new CrossValidationResult<T>(f.Model, evaluate(f.Scores), f.Scores, i))
            .ToArray();
    }
}
