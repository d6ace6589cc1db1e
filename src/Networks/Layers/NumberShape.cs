namespace MLExtensions.Networks.Layers;

/// <summary>
/// How the parameters of an embedded number lie in memory: V transposed, [functions x values] in strips, b, the learned vectors.
/// </summary>
/// <param name="Functions">The functions φ.</param>
/// <param name="Dimension">The values z.</param>
/// <param name="Width">The values of a strip.</param>
/// <param name="Strips">The strips.</param>
internal readonly record struct NumberShape(int Functions, int Dimension, int Width, int Strips)
{
    /// <summary>The shape of an embedding.</summary>
    public static NumberShape Of(NumberEmbedding embedding)
    {
        int width = StripMatrix.WidthOf(embedding.Dimension);
        return new(embedding.BasisCount, embedding.Dimension, width, StripMatrix.PaddedColumns(embedding.Dimension) / width);
    }

    /// <summary>The values with their padding.</summary>
    public int Padded => Width * Strips;

    /// <summary>Where b begins.</summary>
    public int Bias => Functions * Padded;

    /// <summary>Where the learned vectors begin.</summary>
    public int Vectors => Bias + Padded;
}
