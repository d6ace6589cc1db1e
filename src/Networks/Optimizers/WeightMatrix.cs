namespace MLExtensions.Networks.Optimizers;

/// <summary>
/// Where a weight matrix lies in the parameters: transposed, [inputs x outputs], and cut into strips of a few output units each with all
/// their incoming weights. What else belongs to the units, such as biases, stands at the end of each strip.
/// </summary>
/// <param name="Layer">The index of its layer in the network.</param>
/// <param name="Offset">Where the first strip begins.</param>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Outputs">The number of outputs.</param>
/// <param name="StripRows">The rows of a strip, from <paramref name="Inputs"/> on.</param>
internal sealed record WeightMatrix(int Layer, int Offset, int Inputs, int Outputs, int StripRows)
{
    /// <summary>The columns of a strip, padding included.</summary>
    public int Width { get; } = StripMatrix.WidthOf(Outputs);

    /// <summary>The number of strips.</summary>
    public int StripCount { get; } = StripMatrix.PaddedColumns(Outputs) / StripMatrix.WidthOf(Outputs);

    /// <summary>The output units of all strips, padding included.</summary>
    public int PaddedOutputs => StripCount * Width;

    private int StripLength => StripRows * Width;

    /// <summary>Where the weights of a strip begin.</summary>
    public int OffsetOf(int strip) => Offset + strip * StripLength;

    /// <summary>The strip that has a place.</summary>
    public int StripAt(int offset) => (offset - Offset) / StripLength;

    /// <summary>Whether a place is that of a weight of this matrix.</summary>
    public bool HasWeightAt(int offset) =>
        offset >= Offset && offset < Offset + StripCount * StripLength && (offset - Offset) % StripLength < Inputs * Width;
}
