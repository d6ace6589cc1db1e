namespace MLExtensions.Networks.Layers;

/// <summary>The largest of several values for each unit.</summary>
/// <param name="layer">The sizes.</param>
internal sealed unsafe class MaxoutStep(MaxoutLayer layer) : ScoringStep
{
    private readonly MaxoutSegment[] _segments = MaxoutSegment.Divide(layer.Units, layer.Pieces);
    private readonly int _inputWidth = StripMatrix.WidthOf(layer.Units * layer.Pieces);
    private readonly int _outputWidth = StripMatrix.WidthOf(layer.Units);

    public override float* Run(float* values, float* free, int rows)
    {
        foreach (MaxoutSegment segment in _segments)
        {
            InstructionSet.Run(new MaxoutForward(
                values + (nint)segment.InputStrip * rows * _inputWidth + segment.InputColumn, _inputWidth,
                free + (nint)segment.OutputStrip * rows * _outputWidth + segment.OutputColumn, null, _outputWidth,
                rows, segment.Count, segment.Piece));
        }

        return free;
    }
}
