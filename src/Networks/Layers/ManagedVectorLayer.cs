namespace MLExtensions.Networks.Layers;

/// <summary>
/// A layer of as many outputs as inputs with one vector of parameters, whose gradients rows leave in sums over slices: these are the same
/// for any number of threads, and are joined in order before the update.
/// </summary>
internal abstract unsafe class ManagedVectorLayer : ManagedUnitLayer
{
    /// <summary>Makes the layer; its parameters are zero.</summary>
    /// <param name="role">What the parameters are for.</param>
    /// <param name="length">The number of parameters.</param>
    /// <param name="size">The number of units.</param>
    /// <param name="place">Where the layer stands.</param>
    protected ManagedVectorLayer(ParameterRole role, int length, int size, LayerPlace place)
        : base(place.Input, place.NewMatrix(size), place.InputGradient ?? place.NewMatrix(size))
    {
        Vector = new ParameterVector(role, length, place.Index, place.Store, place.Offset);
        Vectors = [Vector];
        Sums = place.NewSlices(size);
    }

    /// <summary>The parameters.</summary>
    protected ParameterVector Vector { get; }

    /// <summary>The gradients of each unit, [slices x units].</summary>
    protected StripMatrix Sums { get; }

    /// <summary>The index of the slice that begins with a row.</summary>
    protected static int SliceAt(RowRange rows) => rows.First / SliceMoments.Rows;

    protected override void JoinGradients(int batchRows) => JoinSums(batchRows, Vector.Gradients);

    /// <summary>Adds the slices of a batch.</summary>
    /// <param name="batchRows">The rows of the batch.</param>
    /// <param name="gradients">Receives the gradients of the units, with padding.</param>
    protected void JoinSums(int batchRows, float* gradients)
    {
        int slices = SliceMoments.CountOf(batchRows);
        for (int strip = 0; strip < Sums.StripCount; strip++)
            InstructionSet.Run(new SumRows(Sums.At(strip, 0), slices, Sums.Width, gradients + strip * Sums.Width));
    }
}
