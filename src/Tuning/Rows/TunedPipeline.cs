namespace MLExtensions.Tuning.Rows;

/// <summary>A trainer, and what stands before it in its pipeline.</summary>
/// <param name="Steps">The steps before it, in order.</param>
/// <param name="Trainer">The trainer.</param>
internal sealed record TunedPipeline<TModel>(IReadOnlyList<IEstimator<ITransformer>> Steps, DeepMlpTrainer<TModel> Trainer)
    where TModel : DeepMlpModelParameters
{
    /// <summary>Takes a chain apart.</summary>
    /// <exception cref="ArgumentException">It does not end in a trainer of this library.</exception>
    public static TunedPipeline<TModel> Of(EstimatorChain<DeepMlpTransformer<TModel>> chain) => chain.LastEstimator is DeepMlpTrainer<TModel> trainer
        ? new([.. EstimatorChains.EstimatorsOf(chain).SkipLast(1)], trainer)
        : throw new ArgumentException($"The pipeline must end in a DeepMlp trainer, got {(chain.LastEstimator is { } last ? $"one that ends in {last.GetType().Name}" : "an empty one")}.", nameof(chain));

    /// <summary>The pipeline with further steps before the trainer, and other options.</summary>
    public EstimatorChain<DeepMlpTransformer<TModel>> With(IReadOnlyList<IEstimator<ITransformer>> steps, DeepMlpOptions options) => Preparation(steps).Append(Trainer.With(options));

    /// <summary>What stands before the trainer.</summary>
    /// <param name="steps">Further steps.</param>
    public EstimatorChain<ITransformer> Preparation(IReadOnlyList<IEstimator<ITransformer>> steps) =>
        Steps.Concat(steps).Aggregate(new EstimatorChain<ITransformer>(), (chain, step) => chain.Append(step));
}
