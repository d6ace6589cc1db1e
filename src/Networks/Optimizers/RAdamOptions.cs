using static System.FormattableString;

namespace MLExtensions.Networks;

/// <summary>
/// RAdam, Adam that warms itself up: while the mean square rests on too few gradients to trust (ρₜ ≤ 5) it takes steps
/// rate m / (1 - β₁ᵗ), then rate rₜ m / (1 - β₁ᵗ) √(1 - β₂ᵗ) / (√v + ε), with ρ∞ = 2 / (1 - β₂) - 1,
/// ρₜ = ρ∞ - 2 t β₂ᵗ / (1 - β₂ᵗ), rₜ = √((ρₜ - 4) (ρₜ - 2) ρ∞ / ((ρ∞ - 4) (ρ∞ - 2) ρₜ)), and m and v as in <see cref="AdamOptions"/>.
/// </summary>
/// <remarks>Liu et al. 2019, arXiv 1908.03265; as PyTorch's <c>RAdam</c>.</remarks>
public sealed record RAdamOptions() : OptimizerOptions(learningRate: 0.001f)
{
    /// <summary>The decay of the mean of the gradient, at least 0 and below 1; 0.9 by default.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>
    /// The decay of the mean of the squared gradient, above 2/3 and below 1, or ρ∞ is 5 at most and no step ever adapts; 0.999 by default.
    /// </summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the denominator; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    internal override IEnumerable<string> Validate()
    {
        foreach (string message in base.Validate().Concat(AdamOptions.ValidateMoments(Beta1, Beta2, Epsilon)))
            yield return message;
        if (Beta2 >= 0 && Beta2 <= 2 / 3f)
            yield return Invariant($"Beta2 must be above 2/3, or no step is adapted to the squared gradient, got {Beta2}");
    }
}
