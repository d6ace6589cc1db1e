namespace MLExtensions.Tuning.Running;

/// <summary>A model, and what prepares rows for it.</summary>
internal sealed record TrainedFold<TModel>(ITransformer Preparation, DeepMlpTransformer<TModel> Transformer)
    where TModel : DeepMlpModelParameters
{
    /// <summary>Both as one.</summary>
    public TransformerChain<DeepMlpTransformer<TModel>> Chain => new TransformerChain<ITransformer>(Preparation).Append(Transformer);
}

/// <summary>How a trial ended, and what its first fold has trained.</summary>
/// <param name="Record">The trial; running where it is to be taken up another time.</param>
/// <param name="First">What its first fold has trained; null where it failed.</param>
internal sealed record FinishedTrial<TModel>(TrialRecord Record, TrainedFold<TModel>? First)
    where TModel : DeepMlpModelParameters;
