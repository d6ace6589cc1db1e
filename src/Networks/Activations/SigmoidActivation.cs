namespace MLExtensions.Networks;

/// <summary>f(x) = 1 / (1 + exp(-x)), between 0 and 1.</summary>
/// <remarks>Saturates for large |x|; pair it with Xavier initialization.</remarks>
public sealed record SigmoidActivation : Activation;
