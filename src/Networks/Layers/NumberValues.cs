namespace MLExtensions.Networks.Layers;

/// <summary>Computes the values z = V φ(x) + b of one number, at most <see cref="Rows"/> rows at once, and the gradients of its parameters.</summary>
/// <remarks>A value does not depend on the rows that are computed with it.</remarks>
internal abstract unsafe class NumberValues
{
    /// <summary>The rows that are computed at once.</summary>
    public const int Rows = RowRange.PortionRows;

    /// <summary>Whether rows of values may lie anywhere; else they lie one after the other, strips <see cref="Rows"/> rows apart.</summary>
    public virtual bool TakesAnyStride => false;

    /// <summary>The floats of memory that <see cref="Compute"/> needs.</summary>
    public abstract int ScratchLength { get; }

    /// <summary>The floats of memory that gradients need, from the first rows to the last.</summary>
    public abstract int GradientScratchLength { get; }

    /// <summary>Brings what is kept of the parameters up to date after these were changed.</summary>
    public virtual void Refresh()
    {
    }

    /// <summary>Computes the values of rows.</summary>
    /// <param name="numbers">The number, [rows].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="values">Receives the values, with their padding.</param>
    /// <param name="stride">The distance between rows.</param>
    /// <param name="scratch">Memory.</param>
    public abstract void Compute(float* numbers, int rows, float* values, nint stride, float* scratch);

    /// <summary>Begins gradients.</summary>
    /// <param name="scratch">Memory.</param>
    public abstract void BeginGradients(float* scratch);

    /// <summary>Adds what rows contribute.</summary>
    /// <param name="numbers">The number, [rows].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="ofValues">The gradients with respect to the values, laid out as these.</param>
    /// <param name="stride">The distance between rows.</param>
    /// <param name="gradients">The gradients of the parameters, laid out as these.</param>
    /// <param name="scratch">Memory.</param>
    public abstract void AddGradients(float* numbers, int rows, float* ofValues, nint stride, float* gradients, float* scratch);

    /// <summary>Ends gradients.</summary>
    /// <param name="gradients">The gradients of the parameters.</param>
    /// <param name="scratch">Memory.</param>
    public virtual void EndGradients(float* gradients, float* scratch)
    {
    }
}
