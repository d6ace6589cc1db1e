namespace MLExtensions.Networks.Layers;

/// <summary>x for x &gt; 0, else a x, in place.</summary>
internal sealed unsafe class PReluStep : ScoringStep
{
    private readonly AlignedBuffer _slopes;
    private readonly int _width;

    public PReluStep(PReluLayer layer, ReadOnlySpan<float> slopes)
    {
        _slopes = new AlignedBuffer(StripMatrix.PaddedColumns(layer.Size));
        _width = StripMatrix.WidthOf(layer.Size);
        for (int i = 0; i < layer.Size; i++)
            _slopes.Span[i] = slopes[layer.PerUnit ? i : 0];
    }

    public override float* Run(float* values, float* free, int rows)
    {
        for (int column = 0; column < _slopes.Length; column += _width)
        {
            float* strip = values + (nint)column * rows;
            InstructionSet.Run(new PReluForward(strip, strip, rows, _width, _slopes.Pointer + column));
        }

        return values;
    }
}
