using static System.FormattableString;
using static MLExtensions.Networks.Checks.OptionRules;

namespace MLExtensions.Networks;

/// <summary>
/// AdamP, Adam that does not lengthen weights whose length has no effect, as before batch normalization: of the step
/// p = (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε) of a weight matrix the part along the weights w of each output unit is removed,
/// p ← p - (w · p) w / (‖w‖ + ε)², where the gradient g stands nearly at right angles to the weights of all of them:
/// max |g · w| / (‖g‖ ‖w‖) &lt; delta / √inputs; else the part along the whole matrix, where its gradient stands so to it; else nothing.
/// Where a part was removed the weight decay is multiplied by <see cref="DecayRatio"/>. Biases and normalization take Adam's steps.
/// </summary>
/// <remarks>Heo et al. 2021, ICLR, arXiv 2006.08217, as in their released code; gradients include L1 and L2 here.</remarks>
public sealed record AdamPOptions() : OptimizerOptions(learningRate: 0.001f)
{
    /// <summary>The decay of the mean of the gradient, at least 0 and below 1; 0.9 by default.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>The decay of the mean of the squared gradient, at least 0 and below 1; 0.999 by default.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to denominators and norms; positive and finite, 1e-8 by default.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>The decoupled weight decay, at least 0 and finite; 0 by default.</summary>
    public float WeightDecay { get; init; }

    internal override float DecoupledDecay => WeightDecay;

    /// <summary>How near to a right angle counts; at least 0 and finite, 0.1 by default. 0 makes it Adam, a large one always projects.</summary>
    public float Delta { get; init; } = 0.1f;

    /// <summary>The factor on the weight decay where the step was projected, at least 0 and finite; 0.1 by default.</summary>
    public float DecayRatio { get; init; } = 0.1f;

    /// <summary>Whether β₁ m + (1 - β₁) g takes the place of m in the step; false by default.</summary>
    public bool Nesterov { get; init; }

    internal override IEnumerable<string> Validate()
    {
        foreach (string message in base.Validate().Concat(AdamOptions.ValidateMoments(Beta1, Beta2, Epsilon)))
            yield return message;
        if (!IsPenalty(WeightDecay))
            yield return Invariant($"WeightDecay must be at least 0 and finite, got {WeightDecay}");
        if (!IsPenalty(Delta))
            yield return Invariant($"Delta must be at least 0 and finite, got {Delta}");
        if (!IsPenalty(DecayRatio))
            yield return Invariant($"DecayRatio must be at least 0 and finite, got {DecayRatio}");
    }
}
