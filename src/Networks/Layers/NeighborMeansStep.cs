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
            StripValues.CopyRow(values, _inputWidth, free, _outputWidth, rows, row, _inputs);
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = *StripValues.At(values, _inputWidth, rows, row, _slots[i]);
            _means.Compute(numbers, means);
            for (int i = 0; i < means.Length; i++)
                *StripValues.At(free, _outputWidth, rows, row, _inputs + i) = (means[i] - _centers[i]) * _factors[i];
        }
        return free;
    }
}
