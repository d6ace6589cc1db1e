namespace MLExtensions.Networks;

/// <summary>f(x) = tanh(x), between -1 and 1.</summary>
/// <remarks>Saturates for large |x|; pair it with Xavier initialization.</remarks>
public sealed record TanhActivation : Activation;
