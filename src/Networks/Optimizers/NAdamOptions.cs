using static System.FormattableString;
using static MLExtensions.Networks.Checks.OptionRules;

namespace MLExtensions.Networks;

/// <summary>
/// NAdam, Adam with Nesterov's look-ahead: μₜ = β₁ (1 - ½ 0.96^(t decay)), moments m and v as in <see cref="AdamOptions"/>,
/// w ← w - rate ((1 - μₜ) / (1 - Πμ) g + μₜ₊₁ / (1 - μₜ₊₁ Πμ) m) / (√(v / (1 - β₂ᵗ)) + ε), where Πμ = μ₁ ... μₜ.
/// </summary>
/// <remarks>Dozat 2016, ICLR workshop; as PyTorch's <c>NAdam</c>.</remarks>
public sealed record NAdamOptions() : OptimizerOptions(learningRate: 0.002f)
{
    /// <summary>The decay of the mean of the gradient, at least 0 and below 1; 0.9 by default.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>The decay of the mean of the squared gradient, at least 0 and below 1; 0.999 by default.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the denominator; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>How fast μ rises from β₁ / 2 to β₁; at least 0 and finite, 0.004 by default.</summary>
    public float MomentumDecay { get; init; } = 0.004f;

    internal override IEnumerable<string> Validate()
    {
        foreach (string message in base.Validate().Concat(AdamOptions.ValidateMoments(Beta1, Beta2, Epsilon)))
            yield return message;
        if (!IsPenalty(MomentumDecay))
            yield return Invariant($"MomentumDecay must be at least 0 and finite, got {MomentumDecay}");
    }
}
