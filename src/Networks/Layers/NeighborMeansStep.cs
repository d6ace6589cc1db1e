namespace MLExtensions.Networks.Layers;

/// <summary>Adds the means over neighbours to rows.</summary>
internal sealed unsafe class NeighborMeansStep : ScoringStep
{
    private const int MostOnStack = 512;

    private readonly NeighborMeans _means;
    private readonly int[] _slots;
    private readonly float[] _centers;
    private readonly float[] _factors;
    private readonly int _inputs;
    private readonly int _inputWidth;
    private readonly int _outputWidth;
    private readonly int _paddedOutputs;

    public NeighborMeansStep(NeighborMeansLayer layer, LayerTensors tensors)
    {
        _means = new NeighborMeans(layer, tensors);
        _slots = [.. layer.Slots];
        (_centers, _factors) = (tensors("center").ToArray(), tensors("factor").ToArray());
        _inputs = layer.Layout.Width;
        _inputWidth = StripMatrix.WidthOf(_inputs);
        _outputWidth = StripMatrix.WidthOf(layer.Outputs);
        _paddedOutputs = StripMatrix.PaddedColumns(layer.Outputs);
    }

    public override float* Run(float* values, float* free, int rows)
    {
        new Span<float>(free, rows * _paddedOutputs).Clear();
        Span<float> means = _means.Count <= MostOnStack ? stackalloc float[_means.Count] : new float[_means.Count];
        Span<float> numbers = _slots.Length <= MostOnStack ? stackalloc float[_slots.Length] : new float[_slots.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int slot = 0; slot < _inputs;)
            {
                int count = Math.Min(_inputs - slot, Math.Min(_inputWidth - slot % _inputWidth, _outputWidth - slot % _outputWidth));
                new ReadOnlySpan<float>(At(values, _inputWidth, row, slot), count).CopyTo(new Span<float>(At(free, _outputWidth, row, slot), count));
                slot += count;
            }
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = *At(values, _inputWidth, row, _slots[i]);
            _means.Compute(numbers, means);
            for (int i = 0; i < means.Length; i++)
                *At(free, _outputWidth, row, _inputs + i) = (means[i] - _centers[i]) * _factors[i];
        }
        return free;

        float* At(float* matrix, int width, int row, int column) => matrix + (nint)(column / width) * rows * width + (nint)row * width + column % width;
    }
}
