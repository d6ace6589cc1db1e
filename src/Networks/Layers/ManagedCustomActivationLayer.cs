namespace MLExtensions.Networks.Layers;

/// <summary>Applies a function of the application to every unit, but not to padding, of which it might make NaN.</summary>
/// <param name="function">The function.</param>
/// <param name="place">Where the layer stands.</param>
internal sealed unsafe class ManagedCustomActivationLayer(IActivationFunction function, LayerPlace place)
    : ManagedLayer(place.Input, place.NewMatrix(place.Input.Columns), place.InputGradient)
{
    private readonly StripMatrix _derivatives = place.NewMatrix(place.Input.Columns);

    public override void Forward(RowRange rows, int step)
    {
        for (int row = rows.First; row < rows.End; row++)
        {
            for (int strip = 0; strip < Input.StripCount; strip++)
            {
                int count = CountOf(strip);
                function.Evaluate(new ReadOnlySpan<float>(Input.At(strip, row), count), new Span<float>(Output.At(strip, row), count));
            }
        }
    }

    public override void Backward(RowRange rows, int step)
    {
        if (Gradient is null)
            return;

        for (int strip = 0; strip < Input.StripCount; strip++)
        {
            int count = CountOf(strip);
            for (int row = rows.First; row < rows.End; row++)
                function.Differentiate(new ReadOnlySpan<float>(Input.At(strip, row), count), new Span<float>(_derivatives.At(strip, row), count));
            InstructionSet.Run(new Multiply(
                _derivatives.At(strip, rows.First), Gradient.At(strip, rows.First), rows.Count * (nint)Input.Width));
        }
    }

    private int CountOf(int strip) => Math.Min(Input.Width, Input.Columns - strip * Input.Width);

    /// <summary>gradients = gradients x factors; the length is a whole number of vectors.</summary>
    private readonly struct Multiply(float* factors, float* gradients, nint length) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            for (nint i = 0; i < length; i += TVector.Count)
                (TVector.Load(gradients + i) * TVector.Load(factors + i)).Store(gradients + i);
        }
    }
}

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
