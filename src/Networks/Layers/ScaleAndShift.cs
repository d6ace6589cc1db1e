namespace MLExtensions.Networks.Layers;

/// <summary>γ and β of a normalization layer and their gradients; 1 and 0 in memory of its own where they are not learned.</summary>
internal sealed unsafe class ScaleAndShift
{
    private readonly ParameterVector _gamma;
    private readonly ParameterVector _beta;
    private readonly bool _isLearned;

    /// <summary>Makes them; learned ones are zero until they are imported.</summary>
    /// <param name="size">The number of units.</param>
    /// <param name="isLearned">Whether they are parameters of the network.</param>
    /// <param name="place">Where the layer stands.</param>
    public ScaleAndShift(int size, bool isLearned, LayerPlace place)
    {
        _isLearned = isLearned;
        int padded = ParameterVector.StoredLength(size);
        var (store, offset) = isLearned ? (place.Store, place.Offset) : (new ParameterStore(2 * padded), 0);
        _gamma = new ParameterVector(ParameterRole.NormalizationScale, size, place.Index, store, offset);
        _beta = new ParameterVector(ParameterRole.NormalizationShift, size, place.Index, store, offset + padded);
        if (!isLearned)
            store.Values.Span[..size].Fill(1);
    }

    /// <summary>γ, [size with padding]; the padding is 0.</summary>
    public float* Gamma => _gamma.Values;

    /// <summary>β, as <see cref="Gamma"/>.</summary>
    public float* Beta => _beta.Values;

    /// <summary>The gradient of γ.</summary>
    public float* GammaGradient => _gamma.Gradients;

    /// <summary>The gradient of β.</summary>
    public float* BetaGradient => _beta.Gradients;

    /// <summary>The rows of parameters: one, or none where nothing is learned.</summary>
    public int ParameterRows => _isLearned ? 1 : 0;

    /// <summary>The parameters of a row.</summary>
    public int ParameterRowLength => _gamma.Padded + _beta.Padded;

    /// <summary>Moves them along their gradients.</summary>
    public void Update(ParameterUpdater updater)
    {
        _gamma.Update(updater);
        _beta.Update(updater);
    }

    public void Import(NetworkWeights source)
    {
        if (!_isLearned)
            return;

        _gamma.Import(source);
        _beta.Import(source);
    }

    public void Export(NetworkWeights destination)
    {
        if (!_isLearned)
            return;

        _gamma.Export(destination);
        _beta.Export(destination);
    }

    public void ExportGradients(NetworkWeights destination)
    {
        if (!_isLearned)
            return;

        _gamma.ExportGradients(destination);
        _beta.ExportGradients(destination);
    }

    public void ExportAverages(WeightAverage averages, NetworkWeights destination)
    {
        if (!_isLearned)
            return;

        _gamma.ExportAverages(averages, destination);
        _beta.ExportAverages(averages, destination);
    }
}
