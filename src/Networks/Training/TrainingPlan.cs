namespace MLExtensions.Networks.Training;

/// <summary>A training as the loop sees it: numbers, no columns.</summary>
/// <param name="Options">The options.</param>
/// <param name="Network">The network.</param>
/// <param name="Data">All rows, with the targets and weights that the loss asks for.</param>
/// <param name="Split">Which rows to train and which to validate on.</param>
/// <param name="Evaluator">What is measured on the validation rows.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Start">The weights to start from; null for weights drawn as the options say.</param>
internal sealed record TrainingPlan(MlpOptions Options, NetworkDescription Network, DataBlock Data, RowSplit Split,
    ValidationEvaluator Evaluator, int Seed, NetworkWeights? Start = null)
{
    /// <summary>The class of each row of which batches get their share; null where batches are as the shuffle has them.</summary>
    public RowClasses? Strata { get; init; }

    /// <summary>The time after which no further batch is begun; null for none.</summary>
    public TimeSpan? TimeLimit { get; init; } = Options.EarlyStopping?.TimeLimit;

    /// <summary>The bytes that outputs, labels and weights of the rows take that are measured after an epoch.</summary>
    public long MeasuredBytes => sizeof(float) * (long)Math.Max(Split.Validation.Length, Options.MeasureTraining ? Split.Training.Length : 0) * (Network.Outputs + Data.TargetCount + 1);

    /// <summary>The state to go on from, of a training of the same plan; null to begin.</summary>
    public TrainingState? Resume { get; init; }

    /// <summary>The epochs after which training ends, though schedules are those of more; null for all of the options.</summary>
    public int? LastEpoch { get; init; }

    /// <summary>The watched values that schedules shall go by, epoch by epoch, in place of this training's own; null for these.</summary>
    public IReadOnlyList<double>? Monitored { get; init; }
}
