namespace MLExtensions.Networks;

/// <summary>y = W x + b, with W stored as [outputs x inputs], row-major, and b as [outputs].</summary>
/// <param name="Inputs">The number of inputs, the fan-in of the layer; at least 1.</param>
/// <param name="Outputs">The number of units, the fan-out of the layer; at least 1.</param>
/// <param name="DropConnectRate">
/// The probability with which a weight is zeroed in a training step, at least 0 and below 1; the others are divided by 1 - rate. All
/// rows of the batch have the same mask, and biases are never zeroed. 0 by default; without effect in scoring.
/// </param>
/// <remarks>DropConnect: Wan, Zeiler, Zhang, LeCun, Fergus 2013, ICML; scaled as dropout is, with one mask per step.</remarks>
public sealed record LinearLayer(int Inputs, int Outputs, float DropConnectRate = 0) : Layer;
