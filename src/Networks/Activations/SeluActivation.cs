namespace MLExtensions.Networks;

/// <summary>f(x) = λ x for x &gt; 0, else λ α (exp(x) - 1), with λ = 1.0507009873554805 and α = 1.6732632423543773.</summary>
/// <remarks>
/// Klambauer, Unterthiner, Mayr, Hochreiter 2017, arXiv 1706.02515. The constants pull the units of a deep network towards mean 0 and
/// variance 1 without a normalization layer, as long as weights start as <see cref="WeightInitializer.LeCunNormal"/> and features are
/// standardized; ordinary dropout works against it.
/// </remarks>
public sealed record SeluActivation : Activation;
