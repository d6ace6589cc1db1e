using static System.FormattableString;
using static MLExtensions.Networks.Options.OptionRules;

namespace MLExtensions.Networks;

/// <summary>f(x) = log(1 + exp(β x)) / β: a smooth ReLU, whose derivative is the sigmoid function of β x.</summary>
/// <param name="Beta">How sharp the bend at 0 is; positive and finite, 1 by default.</param>
/// <remarks>
/// Dugas, Bengio, Bélisle, Nadeau, Garcia 2000, "Incorporating Second-Order Functional Knowledge for Better Option Pricing". Computed as
/// max(x, 0) + log(1 + exp(-β |x|)) / β, which cannot overflow; PyTorch's threshold is not needed.
/// </remarks>
public sealed record SoftplusActivation(float Beta = 1f) : Activation
{
    internal override IEnumerable<string> Validate() =>
        IsPositive(Beta) ? [] : [Invariant($"Beta must be positive and finite, got {Beta}")];
}
