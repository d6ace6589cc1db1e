namespace MLExtensions.Networks;

/// <summary>
/// (1 - a) x + a f(x), with a weight a of each unit that is learned and starts at 1: a unit may turn from f towards the identity, or beyond
/// f. L1, L2 and weight decay leave it alone.
/// </summary>
/// <param name="Inner">f: one of the functions of a unit's value alone, without parameters, and not one of your own.</param>
/// <remarks>
/// The activation of RealMLP, with SELU for classification and Mish for regression (Holzmüller, Grinsztajn, Steinwart 2024, arXiv
/// 2407.04491). <see cref="LearningRateFactors.ActivationSlopes"/> gives the weights a rate of their own; there it is 0.1.
/// </remarks>
public sealed record MixedActivation(Activation Inner) : Activation
{
    internal override bool IsRectifier => Inner.IsRectifier;

    internal override bool IsLearned => true;

    internal override IEnumerable<string> Validate() => Inner switch
    {
        null => ["Inner must not be null"],
        _ when !CanMix(Inner) => [Invariant($"Inner must be a function of a unit's value alone, other than the identity, without parameters and not one of your own, as Activation.Mish, got {Inner.GetType().Name}")],
        _ => Inner.Validate().Select(message => $"Inner.{message}"),
    };

    /// <summary>Whether a function can be mixed with the identity.</summary>
    /// <param name="inner">The function.</param>
    internal static bool CanMix(Activation? inner) => inner is { IsLearned: false } and not (MaxoutActivation or CustomActivation or IdentityActivation);
}
