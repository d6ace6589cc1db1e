namespace MLExtensions.Networks.Noise;

/// <summary>
/// The random numbers of dropout: each is a hash of its place (step, layer, row, unit) under a key, so that any thread can
/// compute any part of a mask, again and again.
/// </summary>
internal readonly unsafe struct DropoutMask
{
    private readonly ulong _layerKey;
    private readonly float _fullRate;
    private readonly float _factor;
    private readonly int _threshold;
    private readonly float _scale;

    /// <summary>Prepares the masks of one layer.</summary>
    /// <param name="rate">The probability of zeroing a value.</param>
    /// <param name="key">The key of dropout for the training.</param>
    /// <param name="layer">The index of the layer in the network.</param>
    public DropoutMask(float rate, ulong key, int layer)
        : this(rate, 1, PlaceHash.Mix(key ^ PlaceHash.Mix((ulong)(uint)layer)))
    {
    }

    private DropoutMask(float fullRate, float factor, ulong layerKey)
    {
        (_fullRate, _factor, _layerKey) = (fullRate, factor, layerKey);
        float rate = fullRate * factor;

        // 24 of the 32 bits of a hash are compared: the rate is met to 6e-8.
        _threshold = (int)Math.Round((1 - (double)rate) * (1 << 24));
        _scale = (float)(1 / (1 - (double)rate));
    }

    /// <summary>The masks of the same layer with another factor on the rate.</summary>
    /// <param name="factor">The factor; 1 gives the rate as it was first.</param>
    public DropoutMask Times(float factor) => factor == _factor ? this : new DropoutMask(_fullRate, factor, _layerKey);

    /// <summary>The kernel that masks rows of one strip of a matrix.</summary>
    /// <param name="step">The number of the step.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="firstColumn">The column with which the strip begins.</param>
    /// <param name="columns">The columns of the matrix, without padding.</param>
    /// <param name="input">The strip's values, from the first of the rows on.</param>
    /// <param name="output">Receives the masked values; may be <paramref name="input"/>.</param>
    /// <param name="width">The columns of the strip.</param>
    public PlaceKernel<Function> ForStep(int step, RowRange rows, int firstColumn, int columns, float* input, float* output, int width) =>
        Kernel(new Function(_threshold, _scale), step, rows, firstColumn, columns, input, output, width);

    /// <summary>The kernel of max(0, x) x mask.</summary>
    /// <inheritdoc cref="ForStep"/>
    public PlaceKernel<Rectified> ForRectified(int step, RowRange rows, int firstColumn, int columns, float* input, float* output, int width) =>
        Kernel(new Rectified(new Function(_threshold, _scale)), step, rows, firstColumn, columns, input, output, width);

    /// <summary>The kernel of max(0, f(x)) x mask.</summary>
    /// <inheritdoc cref="ForStep"/>
    public PlaceKernel<RectifiedOf<TFunction>> ForRectifiedOf<TFunction>(
        TFunction function, int step, RowRange rows, int firstColumn, int columns, float* input, float* output, int width)
        where TFunction : struct, IUnitFunction =>
        Kernel(new RectifiedOf<TFunction>(function, new Rectified(new Function(_threshold, _scale))), step, rows, firstColumn, columns, input, output, width);

    private PlaceKernel<TFunction> Kernel<TFunction>(TFunction function, int step, RowRange rows, int firstColumn, int columns, float* input, float* output, int width)
        where TFunction : struct, IPlaceFunction => new(_layerKey, step)
        {
            Function = function,
            Input = input,
            Output = output,
            Rows = rows,
            FirstColumn = firstColumn,
            Columns = columns,
            Width = width,
        };

    /// <summary>The way of gradients back through what <see cref="ForRectified"/> and <see cref="ForRectifiedOf"/> do with a mask.</summary>
    public Kept ForKept() => new(_scale);

    /// <summary>gradient x scale where the masked value > 0, else 0.</summary>
    internal readonly struct Kept(float scale) : IGradientFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Gradient<TVector>(TVector saved, TVector gradient)
            where TVector : unmanaged, IVector<TVector> => TVector.GreaterThan(saved, TVector.Zero) & (gradient * TVector.Create(scale));
    }

    /// <summary>values x mask, each mask value being 0 or 1 / (1 - rate).</summary>
    internal readonly struct Function(int threshold, float scale) : IPlaceFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TVector>(TVector values, TVector hash, TVector isValue, int column)
            where TVector : unmanaged, IVector<TVector>
        {
            TVector isKept = TVector.GreaterThanBits(TVector.CreateBits(threshold), TVector.ShiftRightBits(hash, 8));
            return isKept & (values * TVector.Create(scale));
        }
    }

    /// <summary>max(0, values) x mask.</summary>
    internal readonly struct Rectified(Function mask) : IPlaceFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TVector>(TVector values, TVector hash, TVector isValue, int column)
            where TVector : unmanaged, IVector<TVector> => mask.Apply(TVector.Max(TVector.Zero, values), hash, isValue, column);
    }

    /// <summary>max(0, f(values)) x mask.</summary>
    internal readonly struct RectifiedOf<TFunction>(TFunction function, Rectified rectified) : IPlaceFunction
        where TFunction : struct, IUnitFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TVector>(TVector values, TVector hash, TVector isValue, int column)
            where TVector : unmanaged, IVector<TVector> => rectified.Apply(function.Of(values, column), hash, isValue, column);
    }
}
