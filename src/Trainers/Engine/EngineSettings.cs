namespace MLExtensions.Trainers.Engine;

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
    /// The seed of dropout and weight noise: masks depend on it, on the step, the layer, the row's place in the batch and the unit, never on threads.
    /// </summary>
    public required int Seed { get; init; }

    /// <summary>λ in the penalty λ Σ |w| on weight matrices: λ sign(w) is added to the gradient of the loss.</summary>
    public float L1 { get; init; }

    /// <summary>λ in the penalty λ/2 Σ w² on weight matrices: λ w is added to the gradient of the loss.</summary>
    public float L2 { get; init; }

    /// <summary>What else happens at the update.</summary>
    public UpdateSettings Update { get; init; } = new();
}
