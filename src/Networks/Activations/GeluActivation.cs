using static System.FormattableString;

namespace MLExtensions.Networks;

/// <summary>f(x) = x Φ(x), with Φ the standard normal distribution function.</summary>
/// <param name="Form">How Φ is computed; exactly by default.</param>
/// <remarks>Hendrycks and Gimpel 2016, arXiv 1606.08415.</remarks>
public sealed record GeluActivation(GeluForm Form = GeluForm.Exact) : Activation
{
    internal override IEnumerable<string> Validate() =>
        Enum.IsDefined(Form) ? [] : [Invariant($"Form must be one of {string.Join(", ", Enum.GetNames<GeluForm>())}, got {Form}")];
}
