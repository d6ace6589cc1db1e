namespace MLExtensions.Networks.Layers;

/// <summary>Maps each number of a row by itself, in place, and adds the slots that tell what is missing.</summary>
/// <param name="layer">The layer.</param>
internal abstract unsafe class InputStep(InputLayer layer) : ScoringStep
{
    private readonly int _inputs = layer.Layout.Width;
    private readonly int _inputWidth = StripMatrix.WidthOf(layer.Layout.Width);
    private readonly int _outputWidth = StripMatrix.WidthOf(layer.Outputs);
    private readonly int _outputStrips = StripMatrix.PaddedColumns(layer.Outputs) / StripMatrix.WidthOf(layer.Outputs);
    private readonly int[] _missing = [.. layer.Layout.Missing];

    /// <summary>The values of a row with the padding behind them.</summary>
    protected int PaddedOutputs => _outputStrips * _outputWidth;

    public sealed override float* Run(float* values, float* free, int rows)
    {
        if (_missing.Length > 0)
        {
            Widen(values, free, rows);
            values = free;
        }

        for (int strip = 0; strip < _outputStrips; strip++)
            MapStrip(values + (nint)strip * rows * _outputWidth, rows, _outputWidth, strip * _outputWidth);
        return values;
    }

    /// <summary>Maps rows of one strip in place; NaN of a number becomes 0.</summary>
    /// <param name="strip">The rows.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="width">The columns of the strip.</param>
    /// <param name="firstColumn">The slot of the first of them.</param>
    protected abstract void MapStrip(float* strip, int rows, int width, int firstColumn);

    // Strips are of another width where there are more slots.
    private void Widen(float* input, float* output, int rows)
    {
        new Span<float>(output, rows * PaddedOutputs).Clear();
        for (int row = 0; row < rows; row++)
        {
            StripValues.CopyRow(input, _inputWidth, output, _outputWidth, rows, row, _inputs);
            for (int i = 0; i < _missing.Length; i++)
                *StripValues.At(output, _outputWidth, rows, row, _inputs + i) = float.IsNaN(*StripValues.At(input, _inputWidth, rows, row, _missing[i])) ? 1 : 0;
        }
    }
}
