using static System.FormattableString;
using static MLExtensions.Networks.Checks.OptionRules;

namespace MLExtensions.Networks;

/// <summary>
/// Adam with bias correction: m ← β₁ m + (1 - β₁) g, v ← β₂ v + (1 - β₂) g²,
/// w ← w - rate (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε).
/// </summary>
/// <remarks>Kingma, Ba 2014, arXiv 1412.6980; as PyTorch's <c>Adam</c>.</remarks>
public sealed record AdamOptions() : OptimizerOptions(learningRate: 0.001f)
{
    /// <summary>The decay of the mean of the gradient, at least 0 and below 1; 0.9 by default.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>The decay of the mean of the squared gradient, at least 0 and below 1; 0.999 by default.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the denominator; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>
    /// Whether the denominator takes the largest v so far, so that no parameter's rate rises again; false by default. Reddi, Kale,
    /// Kumar 2018, ICLR; as PyTorch's <c>amsgrad</c>.
    /// </summary>
    public bool AmsGrad { get; init; }

    /// <summary>
    /// Whether m and v, which start at 0, are divided by 1 - βᵗ; true by default. Without it the first steps are (1 - β₁) / √(1 - β₂)
    /// times the rate long: 3.2 times with the default decays.
    /// </summary>
    public bool BiasCorrection { get; init; } = true;

    internal override IEnumerable<string> Validate() => base.Validate().Concat(ValidateMoments(Beta1, Beta2, Epsilon));

    internal static IEnumerable<string> ValidateMoments(float beta1, float beta2, float epsilon)
    {
        if (!IsRate(beta1))
            yield return Invariant($"Beta1 must be at least 0 and below 1, got {beta1}");
        if (!IsRate(beta2))
            yield return Invariant($"Beta2 must be at least 0 and below 1, got {beta2}");
        if (!IsPositive(epsilon))
            yield return Invariant($"Epsilon must be positive and finite, got {epsilon}");
    }
}
