namespace MLExtensions.Networks;

/// <summary>f(x) = x tanh(log(1 + exp(x))).</summary>
/// <remarks>Misra 2019, arXiv 1908.08681. Close to <see cref="SiluActivation"/>: smooth, and slightly negative left of 0.</remarks>
public sealed record MishActivation : Activation;
