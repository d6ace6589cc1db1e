namespace MLExtensions.Networks.Inputs;

/// <summary>The rows of a training among which neighbours are sought.</summary>
/// <param name="Data">The data, before the scaling.</param>
/// <param name="Training">The rows that are trained on.</param>
/// <param name="Inputs">The scaling; null for none.</param>
/// <param name="Classes">The number of classes that targets are numbers of; 0 where they are amounts.</param>
/// <param name="Seed">The seed of the training.</param>
internal sealed record NeighborRows(DataBlock Data, int[] Training, FittedInputs? Inputs, int Classes, int Seed)
{
    /// <summary>The group of each row, whose rows do not see one another while they are trained on; null where no column tells, and rows that are the same are a group.</summary>
    public int[]? Groups { get; init; }

    /// <summary>Whether the training ends.</summary>
    public Func<bool> Ends { get; init; } = () => false;

    /// <summary>Runs something for each number below a count, on all processors, until the training ends.</summary>
    /// <exception cref="OperationCanceledException">The training ends.</exception>
    public void For(int count, Action<int> body)
    {
        Parallel.For(0, count, (index, state) =>
        {
            if (Ends())
                state.Stop();
            else
                body(index);
        });
        if (Ends())
            throw new OperationCanceledException();
    }
}
