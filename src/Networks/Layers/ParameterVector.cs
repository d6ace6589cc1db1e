namespace MLExtensions.Networks.Layers;

/// <summary>A tensor of few numbers in training, such as one for each unit: one padded row in the store of parameters.</summary>
/// <param name="role">What it is for.</param>
/// <param name="length">The number of values.</param>
/// <param name="layer">The index of its layer in the network.</param>
/// <param name="store">Where parameters live.</param>
/// <param name="offset">Where the row starts.</param>
internal sealed unsafe class ParameterVector(ParameterRole role, int length, int layer, ParameterStore store, int offset)
{
    /// <summary>The values, [<see cref="Padded"/>]; the padding is 0.</summary>
    public float* Values => store.Values.Pointer + offset;

    /// <summary>The gradients, as <see cref="Values"/>.</summary>
    public float* Gradients => store.Gradients.Pointer + offset;

    /// <summary>The same, padding included.</summary>
    public Span<float> GradientSpan => store.Gradients.Span.Slice(offset, Padded);

    /// <summary>The floats in the store.</summary>
    public int Padded { get; } = StoredLength(length);

    /// <summary>The floats that a tensor takes in the store.</summary>
    /// <param name="length">The number of values.</param>
    public static int StoredLength(int length) => StripMatrix.PaddedColumns(length);

    /// <summary>Moves the values along their gradients.</summary>
    public void Update(ParameterUpdater updater) => updater.Update(offset, Padded, layer, role);

    public void Import(NetworkWeights source) => source[Find(source)].CopyTo(new Span<float>(Values, length));

    /// <summary>Hands out what stands at the places of the values in a buffer laid out as the store.</summary>
    public void Export(AlignedBuffer values, NetworkWeights destination) => values.Span.Slice(offset, length).CopyTo(destination[Find(destination)]);

    private ParameterTensor Find(NetworkWeights weights) => weights.Layout.Find(layer, role);
}
