namespace MLExtensions.Networks.Layers;

/// <summary>The largest of several values for each unit.</summary>
internal sealed unsafe class ManagedMaxoutLayer : ManagedLayer
{
    private readonly MaxoutSegment[] _segments;
    private readonly StripMatrix _winners;

    /// <summary>Makes the layer.</summary>
    /// <param name="layer">The sizes.</param>
    /// <param name="batchRows">The most rows of a batch.</param>
    public ManagedMaxoutLayer(MaxoutLayer layer, int batchRows)
    {
        _segments = MaxoutSegment.Divide(layer.Units, layer.Pieces);
        _winners = new StripMatrix(batchRows, layer.Units);
    }

    /// <summary>The gradient with respect to the input, [batch x (units x pieces)], or null.</summary>
    public required StripMatrix? InputGradient { get; init; }

    public override void Forward(RowRange rows, int step)
    {
        foreach (MaxoutSegment segment in _segments)
        {
            InstructionSet.Run(new MaxoutForward(
                Input.At(segment.InputStrip, rows.First) + segment.InputColumn, Input.Width,
                Output.At(segment.OutputStrip, rows.First) + segment.OutputColumn,
                _winners.At(segment.OutputStrip, rows.First) + segment.OutputColumn, Output.Width, rows.Count, segment.Count, segment.Piece));
        }
    }

    public override void Backward(RowRange rows, int step)
    {
        if (InputGradient is null)
            return;

        foreach (MaxoutSegment segment in _segments)
        {
            InstructionSet.Run(new MaxoutBackward(
                InputGradient.At(segment.InputStrip, rows.First) + segment.InputColumn, InputGradient.Width,
                Gradient!.At(segment.OutputStrip, rows.First) + segment.OutputColumn,
                _winners.At(segment.OutputStrip, rows.First) + segment.OutputColumn, _winners.Width, rows.Count, segment.Count, segment.Piece));
        }
    }
}
