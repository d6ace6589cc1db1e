namespace MLExtensions.Networks;

/// <summary>Applies an activation function to every unit.</summary>
/// <param name="Activation">The function: one of the unit's value alone, without parameters.</param>
public sealed record ActivationLayer(Activation Activation) : Layer
{
    /// <summary>The layer that applies a function.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="units">The number of units after it.</param>
    internal static Layer Of(Activation activation, int units) => activation switch
    {
        PReluActivation prelu => new PReluLayer(units, prelu.PerUnit),
        MaxoutActivation maxout => new MaxoutLayer(units, maxout.Pieces),
        _ => new ActivationLayer(activation),
    };
}
