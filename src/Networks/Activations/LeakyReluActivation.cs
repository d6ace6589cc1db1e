using static System.FormattableString;

namespace MLExtensions.Networks;

/// <summary>f(x) = x for x &gt; 0, else <see cref="Slope"/> x; the derivative at 0 is <see cref="Slope"/>.</summary>
/// <param name="Slope">The slope for negative inputs; finite, 0.01 by default.</param>
/// <remarks>Maas, Hannun, Ng 2013, "Rectifier Nonlinearities Improve Neural Network Acoustic Models".</remarks>
public sealed record LeakyReluActivation(float Slope = 0.01f) : Activation
{
    internal override IEnumerable<string> Validate() => float.IsFinite(Slope) ? [] : [Invariant($"Slope must be finite, got {Slope}")];
}
