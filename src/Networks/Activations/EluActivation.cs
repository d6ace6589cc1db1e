using static System.FormattableString;
using static MLExtensions.Networks.Options.OptionRules;

namespace MLExtensions.Networks;

/// <summary>f(x) = x for x &gt; 0, else <see cref="Alpha"/> (exp(x) - 1).</summary>
/// <param name="Alpha">The negative of the limit at minus infinity; positive and finite, 1 by default.</param>
/// <remarks>Clevert, Unterthiner, Hochreiter 2015, arXiv 1511.07289.</remarks>
public sealed record EluActivation(float Alpha = 1f) : Activation
{
    internal override IEnumerable<string> Validate() =>
        IsPositive(Alpha) ? [] : [Invariant($"Alpha must be positive and finite, got {Alpha}")];
}
