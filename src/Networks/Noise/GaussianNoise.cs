namespace MLExtensions.Networks.Noise;

/// <summary>
/// Normal noise with mean 0: each number is that quantile of the normal distribution which a hash of its place (step, row, column) under
/// a key names, so that any thread can compute any part.
/// </summary>
internal readonly unsafe struct GaussianNoise
{
    private readonly ulong _key;
    private readonly float _standardDeviation;

    /// <summary>Prepares noise.</summary>
    /// <param name="standardDeviation">The standard deviation.</param>
    /// <param name="key">The key.</param>
    public GaussianNoise(float standardDeviation, ulong key)
    {
        _key = key;
        _standardDeviation = standardDeviation;
    }

    /// <summary>The kernel that adds noise to rows of one strip of a matrix.</summary>
    /// <param name="step">The number of the step.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="firstColumn">The column with which the strip begins.</param>
    /// <param name="columns">The columns of the matrix, without padding.</param>
    /// <param name="values">The strip's values, from the first of the rows on; padding keeps its value.</param>
    /// <param name="width">The columns of the strip.</param>
    public PlaceKernel<Function> ForStep(int step, RowRange rows, int firstColumn, int columns, float* values, int width) =>
        new(_key, step)
        {
            Function = new Function(_standardDeviation),
            Input = values,
            Output = values,
            Rows = rows,
            FirstColumn = firstColumn,
            Columns = columns,
            Width = width,
        };

    /// <summary>values + noise.</summary>
    internal readonly struct Function(float standardDeviation) : IPlaceFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TVector>(TVector values, TVector hash, TVector isValue, int column)
            where TVector : unmanaged, IVector<TVector> =>
            TVector.MultiplyAdd(TVector.Create(standardDeviation), isValue & VectorMath.NormalQuantile(Centred(hash)), values);

        // 23 of the bits as an odd multiple of 2⁻²³ in (-1, 1): evenly spread, never 0 or ±1.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Centred<TVector>(TVector hash)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector fromOne = TVector.ShiftRightBits(hash, 9) | TVector.CreateBits(0x3F800000);
            return fromOne + fromOne - TVector.Create(3f) + TVector.Create(1f / (1 << 23));
        }
    }
}
