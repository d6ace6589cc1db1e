namespace MLExtensions.Networks.Layers;

/// <summary>output = x for x &gt; 0, else slope x, for one strip; input and output may be the same memory.</summary>
internal readonly unsafe struct PReluForward(float* input, float* output, int rows, int width, float* slopes) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        for (int column = 0; column < width; column += TVector.Count)
        {
            TVector slope = TVector.Load(slopes + column);
            for (int row = 0; row < rows; row++)
            {
                nint at = (nint)row * width + column;
                TVector x = TVector.Load(input + at);
                TVector.Select(TVector.GreaterThan(x, TVector.Zero), x, x * slope).Store(output + at);
            }
        }
    }
}

/// <summary>
/// gradient = gradient x (1 for x &gt; 0, else slope), for one strip, and Σ gradient x over the rows of each slice where x is not above 0:
/// what the gradients of the slopes are made of.
/// </summary>
internal readonly unsafe struct PReluBackward(
    float* input, float* gradients, int rows, int width, float* slopes, float* sums) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        for (int column = 0; column < width; column += TVector.Count)
        {
            TVector slope = TVector.Load(slopes + column);
            float* result = sums + column;
            for (int first = 0; first < rows; first += SliceMoments.Rows, result += width)
            {
                TVector sum = TVector.Zero;
                int end = Math.Min(first + SliceMoments.Rows, rows);
                for (int row = first; row < end; row++)
                {
                    nint at = (nint)row * width + column;
                    TVector x = TVector.Load(input + at);
                    TVector gradient = TVector.Load(gradients + at);
                    TVector isPositive = TVector.GreaterThan(x, TVector.Zero);
                    sum += TVector.Select(isPositive, TVector.Zero, gradient * x);
                    TVector.Select(isPositive, gradient, gradient * slope).Store(gradients + at);
                }

                sum.Store(result);
            }
        }
    }
}
