namespace MLExtensions.Trainers.Network;

/// <summary>y = W x + b, with W stored as [outputs x inputs], row-major, and b as [outputs].</summary>
/// <param name="Inputs">The number of inputs, the fan-in of the layer; at least 1.</param>
/// <param name="Outputs">The number of units, the fan-out of the layer; at least 1.</param>
public sealed record LinearLayer(int Inputs, int Outputs) : Layer;
