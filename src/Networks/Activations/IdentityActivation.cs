namespace MLExtensions.Networks;

/// <summary>f(x) = x.</summary>
/// <remarks>Makes a hidden layer linear; useful as a baseline.</remarks>
public sealed record IdentityActivation : Activation;
