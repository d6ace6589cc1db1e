namespace MLExtensions.Networks.Layers;

/// <summary>
/// Applies a function of the application to every unit: row by row, so that it is given as many numbers at once whatever the batch is.
/// </summary>
/// <param name="function">The function.</param>
/// <param name="units">The number of units.</param>
internal sealed unsafe class CustomActivationStep(IActivationFunction function, int units) : ScoringStep
{
    private readonly int _width = StripMatrix.WidthOf(units);

    public override float* Run(float* values, float* free, int rows)
    {
        for (int first = 0; first < units; first += _width)
        {
            int count = Math.Min(_width, units - first);
            for (int row = 0; row < rows; row++)
            {
                nint at = (nint)first * rows + (nint)row * _width;
                function.Evaluate(new ReadOnlySpan<float>(values + at, count), new Span<float>(free + at, count));
            }
        }

        return free;
    }
}
