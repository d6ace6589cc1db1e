namespace MLExtensions.Trainers;

/// <summary>f(x) = x Φ(x), with Φ the standard normal distribution function.</summary>
/// <remarks>Hendrycks and Gimpel 2016, arXiv 1606.08415; the exact form through the error function.</remarks>
public sealed record GeluActivation : Activation;
