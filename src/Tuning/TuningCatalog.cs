namespace Microsoft.ML;

/// <summary>Searches options.</summary>
public static class TuningCatalog
{
    /// <summary>
    /// Searches the options of a trainer: <c>ml.Tune(pipeline).Run(data, minutes: 10)</c>. The task decides what is searched and what is measured, unless options do. Trainers are the same afterwards.
    /// </summary>
    /// <typeparam name="TModel">The model of the task.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="pipeline">A chain that ends in a <c>DeepMlp</c> trainer.</param>
    /// <param name="options">All that can be chosen about the search.</param>
    /// <exception cref="ArgumentException">The chain does not end in such a trainer.</exception>
    public static Tuner<TModel> Tune<TModel>(this MLContext context, EstimatorChain<DeepMlpTransformer<TModel>> pipeline, TuningOptions? options = null)
        where TModel : DeepMlpModelParameters
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(pipeline);

        return new Tuner<TModel>(context, TunedPipeline<TModel>.Of(pipeline), options ?? new TuningOptions());
    }

    /// <inheritdoc cref="Tune{TModel}(MLContext, EstimatorChain{DeepMlpTransformer{TModel}}, TuningOptions?)"/>
    /// <param name="context">The context.</param>
    /// <param name="trainer">The trainer.</param>
    /// <param name="options">All that can be chosen about the search.</param>
    public static Tuner<TModel> Tune<TModel>(this MLContext context, DeepMlpTrainer<TModel> trainer, TuningOptions? options = null)
        where TModel : DeepMlpModelParameters
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(trainer);

        return new Tuner<TModel>(context, new TunedPipeline<TModel>([], trainer), options ?? new TuningOptions());
    }
}
