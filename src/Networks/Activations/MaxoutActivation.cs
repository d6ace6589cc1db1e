namespace MLExtensions.Networks;

/// <summary>
/// The largest of k linear functions of the layer's inputs, for each unit: the linear map is k times as wide as the layer, and so are
/// its weights. A unit learns its own activation, convex and piecewise linear.
/// </summary>
/// <param name="Pieces">k, the linear functions of a unit; at least 2, 2 by default.</param>
/// <remarks>
/// Goodfellow, Warde-Farley, Mirza, Courville, Bengio 2013, arXiv 1302.4389; made to go with dropout. Piece p of unit u is output
/// p x units + u of the linear map. Initializers count the inputs of a piece as fan-in and the units as fan-out.
/// </remarks>
public sealed record MaxoutActivation(int Pieces = 2) : Activation
{
    internal override int LinearOutputsPerUnit => Pieces;

    internal override IEnumerable<string> Validate() => Pieces >= 2 ? [] : [Invariant($"Pieces must be at least 2, got {Pieces}")];
}
