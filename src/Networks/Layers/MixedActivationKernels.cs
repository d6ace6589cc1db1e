namespace MLExtensions.Networks.Layers;

/// <summary>output = x + share (f(x) - x), for one strip; input and output may be the same memory.</summary>
internal readonly unsafe struct MixedForward<TFunction>(TFunction function, float* input, float* output, int rows, int width, float* shares) : IVectorKernel
    where TFunction : struct, IVectorFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        TFunction f = function;
        for (int column = 0; column < width; column += TVector.Count)
        {
            TVector share = TVector.Load(shares + column);
            for (int row = 0; row < rows; row++)
            {
                nint at = (nint)row * width + column;
                TVector x = TVector.Load(input + at);
                TVector.MultiplyAdd(share, f.Value(x) - x, x).Store(output + at);
            }
        }
    }
}

/// <summary>
/// gradient = gradient (1 + share (f'(x) - 1)), for one strip, and Σ gradient (f(x) - x) over the rows of each slice: the gradients of the
/// shares.
/// </summary>
internal readonly unsafe struct MixedBackward<TFunction>(
    TFunction function, float* input, float* gradients, int rows, int width, float* shares, float* sums) : IVectorKernel
    where TFunction : struct, IVectorFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        TFunction f = function;
        for (int column = 0; column < width; column += TVector.Count)
        {
            TVector share = TVector.Load(shares + column);
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
                    TVector value = f.Value(x);
                    sum = TVector.MultiplyAdd(gradient, value - x, sum);
                    TVector inner = f.Gradient(TFunction.DerivativeUsesValue ? value : x, gradient);
                    TVector.MultiplyAdd(share, inner - gradient, gradient).Store(gradients + at);
                }

                sum.Store(result);
            }
        }
    }
}
