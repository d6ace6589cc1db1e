namespace MLExtensions.Networks.Embeddings;

/// <summary>The functions φ of one feature, computed for some rows at once.</summary>
internal abstract unsafe class NumberBasis
{
    /// <summary>Computes the functions.</summary>
    /// <param name="numbers">The feature, [rows].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="values">Receives the functions, [rows x <paramref name="stride"/>].</param>
    /// <param name="stride">The functions with their padding, which is left as it is.</param>
    public abstract void Compute(float* numbers, int rows, float* values, int stride);

    /// <summary>Adds what rows contribute to the gradients of the learned vectors.</summary>
    /// <param name="numbers">The feature, [rows].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="gradients">The gradient with respect to the functions, [rows x <paramref name="stride"/>].</param>
    /// <param name="stride">The functions with their padding.</param>
    /// <param name="sums">Where the gradients of the vectors are, in order.</param>
    public virtual void AddGradients(float* numbers, int rows, float* gradients, int stride, ReadOnlySpan<nint> sums)
    {
    }
}

/// <summary>The number itself.</summary>
internal sealed unsafe class LinearBasis : NumberBasis
{
    public override void Compute(float* numbers, int rows, float* values, int stride)
    {
        for (int row = 0; row < rows; row++)
            values[(nint)row * stride] = numbers[row];
    }
}
