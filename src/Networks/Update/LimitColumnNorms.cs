namespace MLExtensions.Networks.Update;

/// <summary>Scales the columns of a strip whose norm n exceeds c by c / (n + 1e-7), as PyTorch's <c>renorm</c> does.</summary>
/// <param name="Values">The strip.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Width">Its columns, a whole number of vectors.</param>
/// <param name="Maximum">c.</param>
internal readonly unsafe record struct LimitColumnNorms(nint Values, int Rows, int Width, float Maximum) : IVectorKernel
{
    public LimitColumnNorms(float* values, int rows, int width, float maximum)
        : this((nint)values, rows, width, maximum)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        TVector maximum = TVector.Create(Maximum);
        for (int column = 0; column < Width; column += TVector.Count)
        {
            float* top = (float*)Values + column;
            TVector sum = TVector.Zero;
            for (int row = 0; row < Rows; row++)
            {
                TVector value = TVector.Load(top + (nint)row * Width);
                sum = TVector.MultiplyAdd(value, value, sum);
            }

            TVector norm = TVector.Sqrt(sum);
            TVector exceeds = TVector.GreaterThan(norm, maximum);
            if (!(TVector.Maximum(exceeds & TVector.Create(1f)) > 0))
                continue;

            TVector scale = TVector.Select(exceeds, maximum / (norm + TVector.Create(1e-7f)), TVector.Create(1f));
            for (int row = 0; row < Rows; row++)
                (scale * TVector.Load(top + (nint)row * Width)).Store(top + (nint)row * Width);
        }
    }
}
