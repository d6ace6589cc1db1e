namespace MLExtensions.Networks.Noise;

/// <summary>What random numbers do to values.</summary>
internal interface IPlaceFunction
{
    /// <summary>Changes the values of one vector.</summary>
    /// <param name="values">The values.</param>
    /// <param name="hash">32 random bits for each.</param>
    /// <param name="isValue">All bits of what is no padding.</param>
    /// <param name="column">The column in the strip of the first of the values.</param>
    TVector Apply<TVector>(TVector values, TVector hash, TVector isValue, int column)
        where TVector : unmanaged, IVector<TVector>;
}

/// <summary>
/// Changes rows of one strip of a matrix by random numbers, each a hash of its place (step, row, column) under a key.
/// </summary>
/// <typeparam name="TFunction">What the numbers do.</typeparam>
internal unsafe struct PlaceKernel<TFunction> : IVectorKernel
    where TFunction : struct, IPlaceFunction
{
    private readonly int _key;
    private readonly int _secondKey;

    /// <summary>Prepares the kernel.</summary>
    /// <param name="key">The key of the numbers.</param>
    /// <param name="step">The number of the step.</param>
    public PlaceKernel(ulong key, int step)
    {
        ulong stepKey = PlaceHash.Mix(key ^ (uint)step);
        (_key, _secondKey) = ((int)stepKey, (int)(stepKey >> 32));
    }

    /// <summary>What the numbers do.</summary>
    public required TFunction Function { get; init; }

    /// <summary>The strip's values, from the first of the rows on.</summary>
    public required float* Input { get; init; }

    /// <summary>Receives the changed values; may be <see cref="Input"/>.</summary>
    public required float* Output { get; init; }

    /// <summary>The rows.</summary>
    public required RowRange Rows { get; init; }

    /// <summary>The column with which the strip begins.</summary>
    public required int FirstColumn { get; init; }

    /// <summary>The columns of the matrix, without padding.</summary>
    public required int Columns { get; init; }

    /// <summary>The columns of the strip.</summary>
    public required int Width { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        TVector key = TVector.CreateBits(_key);
        TVector secondKey = TVector.CreateBits(_secondKey);
        TFunction function = Function;
        float* input = Input;
        float* output = Output;
        int width = Width;
        for (int row = Rows.First; row < Rows.End; row++)
        {
            // Places are numbered row by row without padding, so that they do not depend on the width of vectors.
            int place = unchecked(row * Columns + FirstColumn);
            for (int i = 0; i < width; i += TVector.Count)
            {
                TVector hash = PlaceHash.Scramble(TVector.AddBits(TVector.CreateBits(place + i), TVector.LaneBits) ^ key, secondKey);
                TVector isValue = TVector.GreaterThanBits(TVector.CreateBits(Columns - FirstColumn - i), TVector.LaneBits);
                function.Apply(TVector.Load(input), hash, isValue, i).Store(output);
                input += TVector.Count;
                output += TVector.Count;
            }
        }
    }
}
