using static System.FormattableString;
using static MLExtensions.Networks.Checks.OptionRules;

namespace MLExtensions.Networks;

/// <summary>
/// Adagrad: s ← s + g², w ← w - rate / (1 + (t - 1) decay) g / (√s + ε). Each parameter's rate falls with the sum of its squared
/// gradients, so that parameters of rare features keep taking long steps.
/// </summary>
/// <remarks>Duchi, Hazan, Singer 2011, JMLR 12; as PyTorch's <c>Adagrad</c>.</remarks>
public sealed record AdagradOptions() : OptimizerOptions(learningRate: 0.01f)
{
    /// <summary>The decay of the learning rate from step to step, at least 0 and finite; 0 by default.</summary>
    public float LearningRateDecay { get; init; }

    /// <summary>Where the sums of squared gradients start, at least 0 and finite; 0 by default. More makes the first steps shorter.</summary>
    public float InitialAccumulator { get; init; }

    /// <summary>Added to the denominator; positive and finite, 1e-10 by default.</summary>
    public float Epsilon { get; init; } = 1e-10f;

    internal override IEnumerable<string> Validate()
    {
        foreach (string message in base.Validate())
            yield return message;
        if (!IsPenalty(LearningRateDecay))
            yield return Invariant($"LearningRateDecay must be at least 0 and finite, got {LearningRateDecay}");
        if (!IsPenalty(InitialAccumulator))
            yield return Invariant($"InitialAccumulator must be at least 0 and finite, got {InitialAccumulator}");
        if (!IsPositive(Epsilon))
            yield return Invariant($"Epsilon must be positive and finite, got {Epsilon}");
    }
}
