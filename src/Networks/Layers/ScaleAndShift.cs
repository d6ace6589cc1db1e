using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Optimizers;
using MLExtensions.Networks.Update;

namespace MLExtensions.Networks.Layers;

/// <summary>γ and β of a normalization layer and their gradients; 1 and 0 in memory of its own where they are not learned.</summary>
internal sealed unsafe class ScaleAndShift
{
    private readonly ParameterStore _store;
    private readonly int _offset;
    private readonly int _size;
    private readonly int _padded;
    private readonly int _index;
    private readonly bool _isLearned;

    /// <summary>Makes them; learned ones are zero until they are imported.</summary>
    /// <param name="size">The number of units.</param>
    /// <param name="isLearned">Whether they are parameters of the network.</param>
    /// <param name="index">The index of the layer in the network.</param>
    /// <param name="parameters">Where parameters live.</param>
    /// <param name="offset">Where the segment of the layer starts.</param>
    public ScaleAndShift(int size, bool isLearned, int index, ParameterStore parameters, int offset)
    {
        _size = size;
        _padded = StripMatrix.PaddedColumns(size);
        _index = index;
        _isLearned = isLearned;
        (_store, _offset) = isLearned ? (parameters, offset) : (new ParameterStore(2 * _padded), 0);
        if (!isLearned)
            _store.Values.Span[..size].Fill(1);
    }

    /// <summary>γ, [size with padding]; the padding is 0.</summary>
    public float* Gamma => _store.Values.Pointer + _offset;

    /// <summary>β, as <see cref="Gamma"/>.</summary>
    public float* Beta => Gamma + _padded;

    /// <summary>The gradient of γ.</summary>
    public float* GammaGradient => _store.Gradients.Pointer + _offset;

    /// <summary>The gradient of β.</summary>
    public float* BetaGradient => GammaGradient + _padded;

    /// <summary>The rows of parameters: one, or none where nothing is learned.</summary>
    public int ParameterRows => _isLearned ? 1 : 0;

    /// <summary>The parameters of a row.</summary>
    public int ParameterRowLength => 2 * _padded;

    /// <summary>The floats of the layer's segment of the parameters.</summary>
    /// <param name="size">The number of units.</param>
    /// <param name="isLearned">Whether they are parameters of the network.</param>
    public static int LengthOf(int size, bool isLearned) => isLearned ? 2 * StripMatrix.PaddedColumns(size) : 0;

    /// <summary>Moves them along their gradients.</summary>
    public void Update(ParameterUpdater updater)
    {
        updater.Update(_offset, _padded, _index, ParameterRole.NormalizationScale);
        updater.Update(_offset + _padded, _padded, _index, ParameterRole.NormalizationShift);
    }

    public void Import(NetworkWeights source)
    {
        if (!_isLearned)
            return;

        source[source.Layout.Find(_index, ParameterRole.NormalizationScale)].CopyTo(new Span<float>(Gamma, _size));
        source[source.Layout.Find(_index, ParameterRole.NormalizationShift)].CopyTo(new Span<float>(Beta, _size));
    }

    public void Export(NetworkWeights destination) => Export(Gamma, Beta, destination);

    public void ExportGradients(NetworkWeights destination) => Export(GammaGradient, BetaGradient, destination);

    public void ExportAverages(WeightAverage averages, NetworkWeights destination)
    {
        float* gamma = averages.Values.Pointer + _offset;
        Export(gamma, gamma + _padded, destination);
    }

    private void Export(float* gamma, float* beta, NetworkWeights destination)
    {
        if (!_isLearned)
            return;

        new ReadOnlySpan<float>(gamma, _size).CopyTo(destination[destination.Layout.Find(_index, ParameterRole.NormalizationScale)]);
        new ReadOnlySpan<float>(beta, _size).CopyTo(destination[destination.Layout.Find(_index, ParameterRole.NormalizationShift)]);
    }
}
