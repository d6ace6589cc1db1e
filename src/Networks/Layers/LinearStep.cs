namespace MLExtensions.Networks.Layers;

/// <summary>y = W x + b.</summary>
/// <param name="weights">The weights, transposed, and the bias as last row, [inputs + 1 x outputs].</param>
internal sealed unsafe class LinearStep(StripMatrix weights) : ScoringStep
{
    private readonly int _inputs = weights.Rows - 1;
    private readonly int _inputWidth = StripMatrix.WidthOf(weights.Rows - 1);

    public override float* Run(float* values, float* free, int rows)
    {
        var input = new LeftOperand((nint)values, _inputWidth, 1, _inputWidth, (nint)rows * _inputWidth);
        for (int strip = 0; strip < weights.StripCount; strip++)
        {
            new MatrixProduct(
                input, rows, _inputs,
                (nint)weights.At(strip, 0), weights.Width,
                Start: (nint)weights.At(strip, _inputs), StartStride: 0,
                (nint)(free + (nint)strip * rows * weights.Width)).Compute();
        }

        return free;
    }
}
