namespace MLExtensions.Networks;

/// <summary>
/// Adamax, Adam with the largest gradient in place of the mean square: m ← β₁ m + (1 - β₁) g, u ← max(β₂ u, |g| + ε),
/// w ← w - rate / (1 - β₁ᵗ) m / u.
/// </summary>
/// <remarks>Kingma, Ba 2014, arXiv 1412.6980, section 7.1; as PyTorch's <c>Adamax</c>.</remarks>
public sealed record AdamaxOptions() : OptimizerOptions(learningRate: 0.002f)
{
    /// <summary>The decay of the mean of the gradient, at least 0 and below 1; 0.9 by default.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>The decay of the largest gradient, at least 0 and below 1; 0.999 by default.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the size of the gradient; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    internal override IEnumerable<string> Validate() => base.Validate().Concat(AdamOptions.ValidateMoments(Beta1, Beta2, Epsilon));
}
