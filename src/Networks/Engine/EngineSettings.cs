namespace MLExtensions.Networks;

/// <summary>What an engine must know to train a network.</summary>
public sealed record EngineSettings
{
    /// <summary>The loss.</summary>
    public required Loss Loss { get; init; }

    /// <summary>The optimizer and its constants.</summary>
    public required OptimizerOptions Optimizer { get; init; }

    /// <summary>The most rows that one step is given; at least 1.</summary>
    public required int MaximumBatchRows { get; init; }

    /// <summary>
    /// The seed of dropout, noise and mixing: they depend on it, on the step, the layer, the row's place in the batch and the unit, never on threads.
    /// </summary>
    public required int Seed { get; init; }

    /// <summary>
    /// The mean weight of the rows to train on, above 0; 1 by default, as where rows have none. A row counts by its weight over this,
    /// whatever rows are in the batch with it: the loss of a step is Σ weight loss / (rows x mean weight).
    /// </summary>
    public double MeanWeight { get; init; } = 1;

    /// <summary>The standard deviation of the noise that is added to each feature in training; 0 for none.</summary>
    public float InputNoise { get; init; }

    /// <summary>How rows are mixed in training; null for not at all.</summary>
    public RowMixingOptions? Mixing { get; init; }

    /// <summary>Whether mixed rows have mixed targets and weights (true), or the sum of the losses of both targets, each with its weight (false).</summary>
    public bool MixTargets { get; init; }

    /// <summary>λ in the penalty λ Σ |w| on weight matrices: λ sign(w) is added to the gradient of the loss.</summary>
    public float L1 { get; init; }

    /// <summary>λ in the penalty λ/2 Σ w² on weight matrices: λ w is added to the gradient of the loss.</summary>
    public float L2 { get; init; }

    /// <summary>What else happens at the update.</summary>
    public UpdateSettings Update { get; init; } = new();

    /// <summary>The ranks that share each batch and the rows to score, whose gradients and statistics are added up; null where one process has all rows.</summary>
    internal RankGroup? Ranks { get; init; }
}
