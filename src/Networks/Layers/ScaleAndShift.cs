namespace MLExtensions.Networks.Layers;

/// <summary>γ and β of a normalization layer and their gradients; 1 and 0 in memory of its own where they are not learned.</summary>
internal sealed unsafe class ScaleAndShift
{
    /// <summary>Makes them; learned ones are zero until they are imported.</summary>
    /// <param name="size">The number of units.</param>
    /// <param name="isLearned">Whether they are parameters of the network.</param>
    /// <param name="place">Where the layer stands.</param>
    public ScaleAndShift(int size, bool isLearned, LayerPlace place)
    {
        int padded = ParameterVector.StoredLength(size);
        var (store, offset) = isLearned ? (place.Store, place.Offset) : (new ParameterStore(2 * padded), 0);
        Gamma = new ParameterVector(ParameterRole.NormalizationScale, size, place.Index, store, offset);
        Beta = new ParameterVector(ParameterRole.NormalizationShift, size, place.Index, store, offset + padded);
        Learned = isLearned ? [Gamma, Beta] : [];
        if (!isLearned)
            store.Values.Span[..size].Fill(1);
    }

    public ParameterVector Gamma { get; }

    public ParameterVector Beta { get; }

    /// <summary>Both, or none where nothing is learned.</summary>
    public ParameterVector[] Learned { get; }
}
