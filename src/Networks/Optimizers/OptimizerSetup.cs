namespace MLExtensions.Networks.Optimizers;

/// <summary>What an optimizer in managed code is about.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Penalty">What is added to the gradient.</param>
/// <param name="Matrices">The weight matrices among the parameters, the last of them that of the output layer.</param>
internal sealed record OptimizerSetup(ParameterStore Parameters, Penalty Penalty, IReadOnlyList<WeightMatrix> Matrices);
