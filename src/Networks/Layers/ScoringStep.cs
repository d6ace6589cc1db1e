namespace MLExtensions.Networks.Layers;

/// <summary>One operation of a prepared network. Immutable: threads share it and bring their own memory.</summary>
internal abstract unsafe class ScoringStep
{
    /// <summary>Computes.</summary>
    /// <param name="values">The input, strips of <paramref name="rows"/> rows.</param>
    /// <param name="free">Memory for the output, of the same kind, where the step does not work in place.</param>
    /// <param name="rows">The number of rows.</param>
    /// <returns>Where the output is: one of the two pointers.</returns>
    public abstract float* Run(float* values, float* free, int rows);
}
