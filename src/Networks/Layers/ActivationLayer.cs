namespace MLExtensions.Networks;

/// <summary>Applies an activation function to every unit.</summary>
/// <param name="Activation">The function: one of the unit's value alone, without parameters.</param>
public sealed record ActivationLayer(Activation Activation) : Layer;
