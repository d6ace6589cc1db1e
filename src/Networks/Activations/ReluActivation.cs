namespace MLExtensions.Networks;

/// <summary>f(x) = max(0, x); the derivative at 0 is taken as 0.</summary>
/// <remarks>Pair it with He initialization.</remarks>
public sealed record ReluActivation : Activation;
