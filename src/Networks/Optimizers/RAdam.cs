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

    internal override ManagedOptimizer Open(OptimizerSetup setup) => new RAdamOptimizer(this, setup);

    internal override IEnumerable<string> Validate() => base.Validate().Concat(Failures(
        Rate(Beta1),
        Rate(Beta2) ?? (Beta2 <= 2 / 3f ? Invariant($"Beta2 must be above 2/3, or no step is adapted to the squared gradient, got {Beta2}") : null),
        Positive(Epsilon)));
}

/// <summary>The steps of <see cref="RAdamOptions"/>.</summary>
internal sealed class RAdamOptimizer(RAdamOptions options, OptimizerSetup setup)
    : RuleOptimizer<RAdamOptimizer.Rule>(setup, "mean", "square")
{
    protected override Rule RuleOf(int step)
    {
        double correction = 1 - Math.Pow(options.Beta1, step);
        double? adaptive = Rectification.Of(options.Beta2, step);
        return new Rule(
            DecayingAverage.Of(options.Beta1), DecayingAverage.Of(options.Beta2), options.Epsilon,
            (float)((adaptive ?? 1) / correction), adaptive is not null);
    }

    internal readonly record struct Rule(
        DecayingAverage Mean, DecayingAverage Square, float Epsilon, float Scale, bool IsAdaptive) : IStepRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe TVector Direction<TVector>(TVector gradient, StepStates states)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector step = TVector.Create(Scale) * Mean.Take(gradient, states.First);
            TVector square = Square.TakeSquare(gradient, states.Second);
            return IsAdaptive ? step / (TVector.Sqrt(square) + TVector.Create(Epsilon)) : step;
        }
    }
}

/// <summary>The rectification of <see cref="RAdamOptions"/>, the same for both engines.</summary>
internal static class Rectification
{
    /// <summary>rₜ √(1 - β₂ᵗ), or null while ρₜ is at most 5 and the mean square is not used.</summary>
    /// <param name="beta2">β₂.</param>
    /// <param name="step">t, from 1.</param>
    public static double? Of(double beta2, int step)
    {
        double power = Math.Pow(beta2, step);
        double longest = 2 / (1 - beta2) - 1;
        double length = longest - 2 * step * power / (1 - power);
        return length > 5
            ? Math.Sqrt((1 - power) * (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
            : null;
    }
}
