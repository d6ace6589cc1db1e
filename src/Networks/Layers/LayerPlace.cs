namespace MLExtensions.Networks.Layers;

/// <summary>Where a layer stands in a network that is made ready to be trained.</summary>
internal sealed record LayerPlace
{
    /// <summary>The index of the layer in the network.</summary>
    public required int Index { get; init; }

    /// <summary>The most rows of a batch.</summary>
    public required int BatchRows { get; init; }

    /// <summary>What the layer reads, [batch x inputs].</summary>
    public required StripMatrix Input { get; init; }

    /// <summary>Whether no layer before this one needs <see cref="Input"/> once this one has read it.</summary>
    public required bool MayOverwriteInput { get; init; }

    /// <summary>The layer before this one, whose work this one may do along with its own; null for the first, and where each layer is to do its own.</summary>
    public ManagedLayer? Previous { get; init; }

    /// <summary>Receives the gradient with respect to the input; null where no layer before this one has parameters.</summary>
    public required StripMatrix? InputGradient { get; init; }

    /// <summary>Where the parameters of the network live.</summary>
    public required ParameterStore Store { get; init; }

    /// <summary>Where the segment of this layer starts in the store.</summary>
    public required int Offset { get; init; }

    /// <summary>The seed of everything random.</summary>
    public int Seed { get; init; }

    /// <summary>The standard deviation of the noise on weight matrices in each step; 0 for none.</summary>
    public float WeightNoise { get; init; }

    /// <summary>The layer before this one as a normalization whose work this one does from now on, or null.</summary>
    public ManagedBatchNormalizationLayer? TakeOverNormalization()
    {
        if (Previous is not ManagedBatchNormalizationLayer normalization)
            return null;

        normalization.IsDoneByNext = true;
        return normalization;
    }

    /// <summary>A matrix of zeros with a row for each row of a batch.</summary>
    public StripMatrix NewMatrix(int columns) => new(BatchRows, columns);

    /// <summary>A matrix of zeros with a row for each slice of a batch.</summary>
    public StripMatrix NewSlices(int columns) => new(SliceMoments.CountOf(BatchRows), columns);

    /// <summary>Where a layer of as many outputs as inputs writes: over its input where that may be, and suits the layer.</summary>
    public StripMatrix OutputMayBeInput(bool suits) => suits && MayOverwriteInput ? Input : NewMatrix(Input.Columns);
}
