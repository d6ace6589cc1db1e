namespace MLExtensions.Networks.Layers;

/// <summary>
/// A layer whose units need nothing of one another, but of those of its input at most, so that threads may share the units of a batch as they
/// may its rows. A matrix has its units in strips.
/// </summary>
/// <inheritdoc/>
internal abstract class ManagedUnitLayer(StripMatrix input, StripMatrix output, StripMatrix? gradient) : ManagedLayer(input, output, gradient)
{
    /// <summary>Whether this one may be shared so.</summary>
    public virtual bool SharesUnits => true;

    /// <summary>The gradient with respect to the input, or null where nobody asks for it.</summary>
    public virtual StripMatrix? InputGradient => Gradient;

    /// <summary>Computes the output of a strip of units.</summary>
    /// <param name="strip">The strip of the output.</param>
    /// <param name="rows">The rows; all of the batch, where units are shared.</param>
    /// <param name="step">The number of the step, from 0.</param>
    public abstract void ForwardUnits(int strip, RowRange rows, int step);

    /// <summary>Computes the gradient with respect to a strip of units of the input.</summary>
    /// <param name="strip">The strip of the input.</param>
    /// <param name="rows">The rows; all of the batch, where units are shared.</param>
    /// <param name="step">The number of the step, from 0.</param>
    public abstract void BackwardUnits(int strip, RowRange rows, int step);

    public override void Forward(RowRange rows, int step)
    {
        for (int strip = 0; strip < Output.StripCount; strip++)
            ForwardUnits(strip, rows, step);
    }

    public override void Backward(RowRange rows, int step)
    {
        for (int strip = 0; strip < InputGradient?.StripCount; strip++)
            BackwardUnits(strip, rows, step);
    }
}
