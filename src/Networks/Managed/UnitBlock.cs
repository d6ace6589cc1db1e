namespace MLExtensions.Networks.Managed;

/// <summary>A hidden linear layer and what follows it up to the next one: a strip of its units passes without another strip of them.</summary>
/// <param name="Linear">The linear layer.</param>
/// <param name="Followers">The layers behind it.</param>
internal sealed record UnitBlock(ManagedLinearLayer Linear, ManagedUnitLayer[] Followers)
{
    /// <summary>The strips of units.</summary>
    public int Strips => Linear.Output.StripCount;

    /// <summary>Computes a strip of the last of the layers.</summary>
    public void Forward(int strip, RowRange rows, int step)
    {
        Linear.ForwardUnits(strip, rows, step);
        foreach (ManagedUnitLayer layer in Followers)
            layer.ForwardUnits(strip, rows, step);
    }

    /// <summary>Computes the gradient of a strip of the linear layer.</summary>
    /// <param name="strip">The strip.</param>
    /// <param name="next">The linear layer behind the last of the layers.</param>
    /// <param name="rows">All rows of the batch.</param>
    /// <param name="step">The number of the step, from 0.</param>
    public void Backward(int strip, ManagedLinearLayer next, RowRange rows, int step)
    {
        next.BackwardUnits(strip, rows, step);
        for (int i = Followers.Length - 1; i >= 0; i--)
            Followers[i].BackwardUnits(strip, rows, step);
    }
}
