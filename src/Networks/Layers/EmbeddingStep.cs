namespace MLExtensions.Networks.Layers;

/// <summary>Embeddings in scoring.</summary>
internal sealed unsafe class EmbeddingStep : ScoringStep
{
    private readonly AlignedBuffer _values;
    private readonly Embedder _embedder;
    private readonly int _inputWidth;
    private readonly int _outputWidth;

    public EmbeddingStep(EmbeddingLayer layer, LayerTensors tensors)
    {
        _values = new AlignedBuffer(Math.Max(1, layer.StoredLength));
        _embedder = new Embedder(layer, _values, 0);
        EmbeddingTensors.Import(layer, _embedder.Places, _values.Pointer, tensors);
        _embedder.MakeNumbers(layer.Numbers is { EdgeCount: > 0 } && _embedder.Places.Numbers.Length > 0 ? tensors("edges") : []);
        _inputWidth = StripMatrix.WidthOf(layer.Layout.Width);
        _outputWidth = StripMatrix.WidthOf(_embedder.Places.Outputs);
    }

    public override float* Run(float* values, float* free, int rows)
    {
        _embedder.Compute(values, (nint)rows * _inputWidth, free, (nint)rows * _outputWidth, rows);
        return free;
    }
}
