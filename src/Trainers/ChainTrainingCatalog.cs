namespace Microsoft.ML;

/// <summary>Training of whole chains with more than training rows: validation rows, or a model to start from.</summary>
public static class ChainTrainingCatalog
{
    /// <summary>
    /// Fits a chain, and lets the trainer in it validate on rows of their own, in place of some set aside: <c>pipeline.Fit(trainData)</c>, with a validation
    /// set. What stands before the trainer is fitted on the training rows alone.
    /// </summary>
    /// <typeparam name="TLast">The transformer of the last estimator.</typeparam>
    /// <param name="pipeline">The chain, with one deep MLP trainer in it.</param>
    /// <param name="trainData">The training rows; all are trained on.</param>
    /// <param name="validationData">The validation rows, with the same columns.</param>
    /// <returns>The fitted chain.</returns>
    /// <exception cref="InvalidOperationException">There is no deep MLP trainer in the chain, or there are several.</exception>
    public static TransformerChain<TLast> FitWithValidation<TLast>(this EstimatorChain<TLast> pipeline, IDataView trainData, IDataView validationData)
        where TLast : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentNullException.ThrowIfNull(validationData);

        ValidatedChain.Require(pipeline);
        pipeline.GetOutputSchema(EstimatorChains.ShapeOf(trainData.Schema));
        return ValidatedChain.Fit(pipeline, trainData, validationData);
    }

    /// <summary>
    /// Trains the network in a fitted chain on, with new rows: what stands before and behind it stays as it was fitted, the network starts from its weights. For a
    /// chain that was loaded from a file, too.
    /// </summary>
    /// <typeparam name="TModel">The model of the task.</typeparam>
    /// <param name="catalog"><c>ml.Model</c>.</param>
    /// <param name="model">The fitted chain, with one network in it; it stays as it is.</param>
    /// <param name="trainer">The trainer, whose options describe the same network; rates, batches, losses and <see cref="MlpOptions.FrozenHiddenLayers"/> may be others.</param>
    /// <param name="trainData">New rows, with the columns that the chain was fitted on.</param>
    /// <param name="validationData">Rows to validate on; null to set some of the training rows aside, where the options say so.</param>
    /// <returns>A new chain, to be saved as the old one was.</returns>
    /// <exception cref="InvalidOperationException">There is no network in the chain, or one of another task, or the options describe another one.</exception>
    public static TransformerChain<ITransformer> Retrain<TModel>(this ModelOperationsCatalog catalog, ITransformer model, DeepMlpTrainer<TModel> trainer, IDataView trainData, IDataView? validationData = null)
        where TModel : DeepMlpModelParameters
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(trainData);

        var network = TrainedModelCatalog.NetworkOf(model);
        if (network.Model is not TModel parameters)
            throw new InvalidOperationException($"The model is {network.Name}, and {trainer.GetType().Name} trains {typeof(TModel).Name}: expected a trainer of the same task.");

        ITransformer[] parts = [.. TrainedModelCatalog.Parts(model)];
        int place = Array.IndexOf(parts, (ITransformer)network);
        var retrained = validationData is null ? trainer.Fit(Prepare(trainData), parameters) : trainer.Fit(Prepare(trainData), Prepare(validationData), parameters);
        return new TransformerChain<ITransformer>([.. parts[..place], retrained, .. parts[(place + 1)..]]);

        IDataView Prepare(IDataView data) => parts[..place].Aggregate(data, (view, part) => part.Transform(view));
    }
}
