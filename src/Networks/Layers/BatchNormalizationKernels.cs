namespace MLExtensions.Networks.Layers;

/// <summary>
/// Mean and sum of squared deviations of each unit over slices of rows: two passes over a slice that is still in cache,
/// so that nothing cancels however far the mean is from zero.
/// </summary>
internal readonly unsafe struct SliceMoments(float* values, int rows, int width, float* means, float* squares)
    : IVectorKernel
{
    /// <summary>
    /// The rows of a slice. Slices are added in order, so this number is part of the result's last bits; threads share a
    /// batch in whole slices.
    /// </summary>
    public const int Rows = 8;

    /// <summary>The slices of a batch.</summary>
    public static int CountOf(int batchRows) => (batchRows + Rows - 1) / Rows;

    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        float* slice = values;
        float* mean = means;
        float* square = squares;
        for (int first = 0; first < rows; first += Rows)
        {
            if (rows - first >= Rows)
                OfWholeSlice<TVector>(slice, width, mean, square);
            else
                OfRows<TVector>(slice, rows - first, width, mean, square);
            slice += Rows * width;
            mean += width;
            square += width;
        }
    }

    // In the same order as below, but from registers and without loops, so that several columns are under way at once: half the time. A method
    // of its own, since the compiler inlines no more than so much into one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfWholeSlice<TVector>(float* slice, nint width, float* means, float* squares)
        where TVector : unmanaged, IVector<TVector>
    {
        TVector scale = TVector.Create(1f / Rows);
        for (nint column = 0; column < width; column += TVector.Count)
        {
            float* value = slice + column;
            TVector row0 = TVector.Load(value);
            TVector row1 = TVector.Load(value + width);
            TVector row2 = TVector.Load(value + 2 * width);
            TVector row3 = TVector.Load(value + 3 * width);
            TVector row4 = TVector.Load(value + 4 * width);
            TVector row5 = TVector.Load(value + 5 * width);
            TVector row6 = TVector.Load(value + 6 * width);
            TVector row7 = TVector.Load(value + 7 * width);
            TVector average = (row0 + row1 + row2 + row3 + row4 + row5 + row6 + row7) * scale;
            average.Store(means + column);

            row0 -= average;
            row1 -= average;
            row2 -= average;
            row3 -= average;
            row4 -= average;
            row5 -= average;
            row6 -= average;
            row7 -= average;
            TVector squaredDeviations = row0 * row0;
            TVector.AddProduct(ref squaredDeviations, row1, row1);
            TVector.AddProduct(ref squaredDeviations, row2, row2);
            TVector.AddProduct(ref squaredDeviations, row3, row3);
            TVector.AddProduct(ref squaredDeviations, row4, row4);
            TVector.AddProduct(ref squaredDeviations, row5, row5);
            TVector.AddProduct(ref squaredDeviations, row6, row6);
            TVector.AddProduct(ref squaredDeviations, row7, row7);
            squaredDeviations.Store(squares + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfRows<TVector>(float* slice, int count, nint width, float* means, float* squares)
        where TVector : unmanaged, IVector<TVector>
    {
        for (nint column = 0; column < width; column += TVector.Count)
        {
            TVector sum = TVector.Zero;
            for (int row = 0; row < count; row++)
                sum += TVector.Load(slice + row * width + column);
            TVector average = sum * TVector.Create(1f / count);

            TVector squaredDeviations = TVector.Zero;
            for (int row = 0; row < count; row++)
            {
                TVector deviation = TVector.Load(slice + row * width + column) - average;
                squaredDeviations = TVector.MultiplyAdd(deviation, deviation, squaredDeviations);
            }

            average.Store(means + column);
            squaredDeviations.Store(squares + column);
        }
    }
}

/// <summary>
/// Joins the moments of slices (Chan, Golub, LeVeque 1979): mean = Σ nᵢ meanᵢ / n and
/// variance = (Σ squaresᵢ + Σ nᵢ (meanᵢ - mean)²) / n.
/// </summary>
internal readonly unsafe struct JoinMoments(
    float* sliceMeans, float* sliceSquares, int batchRows, int width, float* means, float* variances) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        int slices = SliceMoments.CountOf(batchRows);
        float lastCount = batchRows - (slices - 1) * SliceMoments.Rows;
        TVector scale = TVector.Create(1f / batchRows);
        for (int column = 0; column < width; column += TVector.Count)
        {
            TVector sum = TVector.Zero;
            for (int slice = 0; slice < slices; slice++)
            {
                TVector count = TVector.Create(slice < slices - 1 ? SliceMoments.Rows : lastCount);
                sum = TVector.MultiplyAdd(count, TVector.Load(sliceMeans + (nint)slice * width + column), sum);
            }

            TVector mean = sum * scale;
            TVector squares = TVector.Zero;
            for (int slice = 0; slice < slices; slice++)
            {
                TVector count = TVector.Create(slice < slices - 1 ? SliceMoments.Rows : lastCount);
                TVector deviation = TVector.Load(sliceMeans + (nint)slice * width + column) - mean;
                squares += TVector.MultiplyAdd(count * deviation, deviation, TVector.Load(sliceSquares + (nint)slice * width + column));
            }

            mean.Store(means + column);
            (squares * scale).Store(variances + column);
        }
    }
}

/// <summary>(x - mean) x scale + shift for the units of one strip.</summary>
internal readonly unsafe struct NormalizedValues(float* means, float* scales, float* shifts) : IUnitFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector values, int column)
        where TVector : unmanaged, IVector<TVector> => At<TVector>(column).Of(values);

    /// <summary>The factors of some units, in registers.</summary>
    /// <param name="column">The column in the strip of the first of the units.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NormalizedUnits<TVector> At<TVector>(int column)
        where TVector : unmanaged, IVector<TVector> => new(TVector.Load(means + column), TVector.Load(scales + column), TVector.Load(shifts + column));
}

/// <summary>(x - mean) x scale + shift for as many units as a vector has lanes.</summary>
internal readonly struct NormalizedUnits<TVector>(TVector mean, TVector scale, TVector shift)
    where TVector : unmanaged, IVector<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of(TVector values) => TVector.MultiplyAdd(values - mean, scale, shift);
}

/// <summary>output = f((input - mean) x scale + shift).</summary>
/// <typeparam name="TFunction">The function.</typeparam>
internal readonly unsafe struct Normalize<TFunction>(
    TFunction function, NormalizedValues normalized, float* input, float* output, int rows, int width) : IVectorKernel
    where TFunction : struct, IVectorFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        TFunction f = function;
        int stride = width;
        for (int column = 0; column < stride; column += TVector.Count)
        {
            NormalizedUnits<TVector> units = normalized.At<TVector>(column);
            float* from = input + column;
            float* to = output + column;
            for (int row = rows; row > 0; row--)
            {
                f.Value(units.Of(TVector.Load(from))).Store(to);
                from += stride;
                to += stride;
            }
        }
    }
}

/// <summary>
/// Σ gradient and Σ gradient x (input - mean) of each unit over slices of rows, after the gradient has come back through what follows the
/// normalization.
/// </summary>
/// <typeparam name="TFunction">What follows.</typeparam>
internal readonly unsafe struct SliceGradientSums<TFunction>(
    TFunction function, float* saved, float* input, float* gradients, int rows, int width, float* means, float* sums, float* products) : IVectorKernel
    where TFunction : struct, IGradientFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        TFunction f = function;
        int stride = width;
        nint slice = 0;
        nint result = 0;
        for (int first = 0; first < rows; first += SliceMoments.Rows)
        {
            int count = Math.Min(SliceMoments.Rows, rows - first);
            for (int column = 0; column < stride; column += TVector.Count)
            {
                TVector mean = TVector.Load(means + column);
                TVector sum = TVector.Zero;
                TVector product = TVector.Zero;
                nint at = slice + column;
                for (int row = count; row > 0; row--)
                {
                    TVector gradient = TVector.Load(gradients + at);
                    if (!TFunction.IsIdentity)
                    {
                        gradient = f.Gradient(TVector.Load(saved + at), gradient);
                        gradient.Store(gradients + at);
                    }
                    sum += gradient;
                    TVector.AddProduct(ref product, gradient, TVector.Load(input + at) - mean);
                    at += stride;
                }

                sum.Store(sums + result + column);
                product.Store(products + result + column);
            }

            slice += SliceMoments.Rows * stride;
            result += stride;
        }
    }
}

/// <summary>The sums of the rows of a matrix, one for each column, added in order.</summary>
internal readonly unsafe struct SumRows(float* values, int rows, int width, float* sums) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        for (int column = 0; column < width; column += TVector.Count)
        {
            TVector sum = TVector.Zero;
            for (int row = 0; row < rows; row++)
                sum += TVector.Load(values + (nint)row * width + column);
            sum.Store(sums + column);
        }
    }
}

/// <summary>gradient = (gradient - meanGradient - (input - mean) x slope) x scale.</summary>
internal readonly unsafe struct NormalizeBackward(
    float* input, float* gradients, int rows, int width, float* means, float* meanGradients, float* slopes, float* scales)
    : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        int stride = width;
        for (int column = 0; column < stride; column += TVector.Count)
        {
            TVector mean = TVector.Load(means + column);
            TVector meanGradient = TVector.Load(meanGradients + column);
            TVector minusSlope = TVector.Zero - TVector.Load(slopes + column);
            TVector scale = TVector.Load(scales + column);
            float* from = input + column;
            float* to = gradients + column;
            for (int row = rows; row > 0; row--)
            {
                TVector centred = TVector.Load(to) - meanGradient;
                (TVector.MultiplyAdd(TVector.Load(from) - mean, minusSlope, centred) * scale).Store(to);
                from += stride;
                to += stride;
            }
        }
    }
}

/// <summary>From the statistics of a batch: 1 / √(variance + ε), scale = γ / √(variance + ε), and the running statistics.</summary>
internal readonly unsafe struct FinishStatistics(
    float* means, float* variances, float* gammas, int width, float epsilon, float momentum, float unbiased,
    float* inverseDeviations, float* scales, float* runningMeans, float* runningVariances) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        TVector rate = TVector.Create(momentum);
        for (int column = 0; column < width; column += TVector.Count)
        {
            TVector mean = TVector.Load(means + column);
            TVector variance = TVector.Load(variances + column);
            TVector inverseDeviation = TVector.Create(1f) / TVector.Sqrt(variance + TVector.Create(epsilon));
            inverseDeviation.Store(inverseDeviations + column);
            (TVector.Load(gammas + column) * inverseDeviation).Store(scales + column);

            TVector runningMean = TVector.Load(runningMeans + column);
            TVector.MultiplyAdd(rate, mean - runningMean, runningMean).Store(runningMeans + column);
            TVector runningVariance = TVector.Load(runningVariances + column);
            TVector.MultiplyAdd(rate, variance * TVector.Create(unbiased) - runningVariance, runningVariance)
                .Store(runningVariances + column);
        }
    }
}

/// <summary>
/// From the sums of <see cref="SliceGradientSums{TFunction}"/>: the gradient of γ and what <see cref="NormalizeBackward"/> needs.
/// </summary>
internal readonly unsafe struct FinishGradients(
    float* betaGradients, float* gammaGradients, float* inverseDeviations, int width, int batchRows,
    float* meanGradients, float* slopes) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        TVector share = TVector.Create(1f / batchRows);
        for (int column = 0; column < width; column += TVector.Count)
        {
            TVector inverseDeviation = TVector.Load(inverseDeviations + column);
            TVector gammaGradient = TVector.Load(gammaGradients + column) * inverseDeviation;
            gammaGradient.Store(gammaGradients + column);
            (TVector.Load(betaGradients + column) * share).Store(meanGradients + column);
            (gammaGradient * inverseDeviation * share).Store(slopes + column);
        }
    }
}
