namespace MLExtensions.Networks;

/// <summary>f(x) = x for x &gt; 0, else a x, with a slope a that is learned. L1, L2 and weight decay leave it alone.</summary>
/// <param name="PerUnit">Whether each unit has a slope of its own, rather than all units of a layer one; false by default, as in PyTorch.</param>
/// <param name="Start">The slope at the beginning; finite, 0.25 by default.</param>
/// <remarks>
/// He, Zhang, Ren, Sun 2015, arXiv 1502.01852. The derivative at 0 is a. Penalties would pull the slope to 0 and thus the function to ReLU.
/// </remarks>
public sealed record PReluActivation(bool PerUnit = false, float Start = 0.25f) : Activation
{
    internal override bool IsRectifier => true;

    internal override bool IsLearned => true;

    internal override float LearnedStart => Start;

    internal override IEnumerable<string> Validate() => float.IsFinite(Start) ? [] : [Invariant($"Start must be finite, got {Start}")];
}
