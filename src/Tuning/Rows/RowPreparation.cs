using System.Collections.Concurrent;
using MLExtensions.Trainers.Training;

namespace MLExtensions.Tuning.Rows;

/// <summary>
/// Makes the rows of each fold, once for each choice of steps before the trainer: the steps are fitted to the rows that are trained on, all rows are read, and trials share what was read.
/// Without steps all folds share it. May be used from many threads. Disposing of it deletes the files that rows are in, where they are in any.
/// </summary>
internal sealed class RowPreparation<TModel> : IDisposable
    where TModel : DeepMlpModelParameters
{
    private readonly ConcurrentDictionary<(int Fold, string Steps), Lazy<PreparedRows>> _prepared = [];
    private readonly ConcurrentDictionary<int, Lazy<ReadRows>> _whole = [];
    private readonly TunedPipeline<TModel> _pipeline;
    private readonly IDataView _data;
    private readonly IDataView? _validation;
    private readonly int[] _folds;
    private readonly bool _mayBeMissing;
    private readonly Func<bool> _isCanceled;

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="data">The rows.</param>
    /// <param name="validation">Rows to validate on; null where they are among the others.</param>
    /// <param name="folds">The fold that each row is validated in.</param>
    /// <param name="mayBeMissing">Whether numbers may be missing.</param>
    /// <param name="isCanceled">Whether to stop.</param>
    public RowPreparation(TunedPipeline<TModel> pipeline, IDataView data, IDataView? validation, int[] folds, bool mayBeMissing, Func<bool> isCanceled) =>
        (_pipeline, _data, _validation, _folds, _mayBeMissing, _isCanceled) = (pipeline, data, validation, folds, mayBeMissing, isCanceled);

    /// <summary>The rows of a fold.</summary>
    /// <param name="fold">The fold.</param>
    /// <param name="key">What tells the steps from others.</param>
    /// <param name="steps">The steps behind those of the pipeline.</param>
    public PreparedRows Of(int fold, string key, IReadOnlyList<IEstimator<ITransformer>> steps) => _prepared.GetOrAdd((fold, key), _ => new(() => Prepare(fold, steps))).Value;

    public void Dispose()
    {
        foreach (var prepared in _prepared.Values.Where(prepared => prepared.IsValueCreated))
            prepared.Value.Rows.Dispose();
    }

    private PreparedRows Prepare(int fold, IReadOnlyList<IEstimator<ITransformer>> steps)
    {
        var estimators = _pipeline.Preparation(steps);
        bool isBare = _pipeline.Steps.Count + steps.Count == 0;
        if (_validation is not null)
        {
            var fitted = estimators.Fit(_data);
            var validation = fitted.Transform(_validation);
            var read = _pipeline.Trainer.Read(fitted.Transform(_data), validation, _isCanceled, log: null, _mayBeMissing);
            return new(read, WithWeight(read, RowSplit.At(read.TrainingRows, read.Data.Rows), fold), fitted, validation);
        }

        var preparation = isBare ? estimators.Fit(_data) : estimators.Fit(new SubsetView(_data, Array.ConvertAll(_folds, of => of != fold)));
        var rows = isBare ? _whole.GetOrAdd(0, _ => new(() => ReadAll(_data))).Value : ReadAll(preparation.Transform(_data));
        var split = new RowSplit(Where(rows, of => of != fold), Where(rows, of => of == fold));
        return new(rows, WithWeight(rows, split, fold), preparation, preparation.Transform(new SubsetView(_data, Array.ConvertAll(_folds, of => of == fold))));
    }

    private ReadRows ReadAll(IDataView view) => _pipeline.Trainer.Read(view, null, _isCanceled, log: null, _mayBeMissing) with { SplitIsGiven = true };

    private int[] Where(ReadRows rows, Func<int, bool> isIn)
    {
        if (rows.ViewRows != _folds.Length)
            throw new InvalidOperationException(Invariant($"The data had {_folds.Length} rows at first, and {rows.ViewRows} when it was read: a search needs the same rows in each pass. Keep them in memory (ml.Data.Cache)."));
        return [.. Enumerable.Range(0, rows.Data.Rows).Where(row => isIn(_folds[rows.Numbers?[row] ?? row]))];
    }

    // A row of weight 0 is none.
    private static RowSplit WithWeight(ReadRows rows, RowSplit split, int fold)
    {
        var left = new RowSplit(RowSplit.WithWeight(rows.Data.Weights, split.Training), RowSplit.WithWeight(rows.Data.Weights, split.Validation));
        return left.Validation.Length > 0 && left.Training.Length > 0 ? left
            : throw new InvalidOperationException(Invariant($"Fold {fold + 1} has no row with a label and a weight to {(left.Training.Length == 0 ? "train" : "be measured")} on: use fewer folds, or a larger share."));
    }
}
