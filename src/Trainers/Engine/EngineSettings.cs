namespace MLExtensions.Trainers.Engine;

/// <summary>What an engine must know to train a network.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Optimizer">The optimizer and its constants.</param>
/// <param name="L1">λ in the penalty λ Σ |w| on weight matrices: λ sign(w) is added to the gradient of the loss.</param>
/// <param name="L2">λ in the penalty λ/2 Σ w² on weight matrices: λ w is added to the gradient of the loss.</param>
/// <param name="MaximumBatchRows">The most rows that one step is given.</param>
/// <param name="Seed">The seed of dropout: masks depend on it, on the step, the layer, the row's place in the batch and the unit, never on threads.</param>
public sealed record EngineSettings(Loss Loss, OptimizerOptions Optimizer, float L1, float L2, int MaximumBatchRows, int Seed);
