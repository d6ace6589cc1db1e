namespace MLExtensions.Networks.Layers;

/// <summary>
/// output = (input - mean) inverse x gamma + beta, with the mean of each row and inverse = 1 / √(variance + ε): two passes over a row
/// that is in cache, so that nothing cancels however far the mean is from zero. Input and output may be the same memory.
/// </summary>
/// <param name="input">The first row, in strips.</param>
/// <param name="output">Receives the rows, in strips.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="strips">How the rows of both lie.</param>
/// <param name="units">γ, β and which columns are padding.</param>
/// <param name="epsilon">ε.</param>
/// <param name="means">Receives the mean of each row, or null.</param>
/// <param name="inverses">Receives 1 / √(variance + ε) of each row, or null.</param>
internal readonly unsafe struct NormalizeRows(
    float* input, float* output, int rows, StripRows strips, RowUnits units, float epsilon, float* means, float* inverses) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        int width = strips.Width;
        int columns = strips.Count * width;
        for (int row = 0; row < rows; row++)
        {
            float* x = input + (nint)row * width;
            TVector sum = TVector.Zero;
            for (int strip = 0, column = 0; column < columns; strip++)
            {
                for (int i = 0; i < width; i += TVector.Count, column += TVector.Count)
                    sum += TVector.Load(x + strip * strips.Length + i) & TVector.Load(units.Mask + column);
            }

            float mean = TVector.Sum(sum) / units.Count;
            TVector centre = TVector.Create(mean);
            TVector squares = TVector.Zero;
            for (int strip = 0, column = 0; column < columns; strip++)
            {
                for (int i = 0; i < width; i += TVector.Count, column += TVector.Count)
                {
                    TVector deviation = (TVector.Load(x + strip * strips.Length + i) - centre) & TVector.Load(units.Mask + column);
                    squares = TVector.MultiplyAdd(deviation, deviation, squares);
                }
            }

            float inverse = 1 / MathF.Sqrt(TVector.Sum(squares) / units.Count + epsilon);
            TVector scale = TVector.Create(inverse);
            float* y = output + (nint)row * width;
            for (int strip = 0, column = 0; column < columns; strip++)
            {
                for (int i = 0; i < width; i += TVector.Count, column += TVector.Count)
                {
                    TVector normalized = (TVector.Load(x + strip * strips.Length + i) - centre) * scale;
                    TVector.MultiplyAdd(normalized, TVector.Load(units.Gamma + column), TVector.Load(units.Beta + column))
                        .Store(y + strip * strips.Length + i);
                }
            }

            if (means != null)
            {
                means[row] = mean;
                inverses[row] = inverse;
            }
        }
    }
}

/// <summary>
/// The way back through <see cref="NormalizeRows"/>. With x̂ = (x - mean) inverse and h = γ g of n units:
/// dx = inverse (h - Σ h / n - x̂ Σ h x̂ / n). Σ g and Σ g x̂ over slices of rows are left for the gradients of β and γ.
/// </summary>
/// <param name="input">The first row of the input, at the beginning of a slice.</param>
/// <param name="gradients">The gradients with respect to the output; receives those with respect to the input.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="strips">How the rows of both lie.</param>
/// <param name="units">γ and which columns are padding.</param>
/// <param name="means">The mean of each row.</param>
/// <param name="inverses">1 / √(variance + ε) of each row.</param>
/// <param name="sums">Receives Σ g of each slice, in strips as wide as those of the rows.</param>
/// <param name="products">Receives Σ g x̂ of each slice, likewise.</param>
/// <param name="sliceStripLength">The distance between strips of the sums.</param>
internal readonly unsafe struct NormalizeRowsBackward(
    float* input, float* gradients, int rows, StripRows strips, RowUnits units, float* means, float* inverses,
    float* sums, float* products, nint sliceStripLength) : IVectorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : unmanaged, IVector<TVector>
    {
        int width = strips.Width;
        int columns = strips.Count * width;
        for (int row = 0; row < rows; row++)
        {
            nint at = (nint)row * width;
            nint slice = (nint)(row / SliceMoments.Rows) * width;
            bool opensSlice = row % SliceMoments.Rows == 0;
            TVector centre = TVector.Create(means[row]);
            TVector scale = TVector.Create(inverses[row]);
            TVector sum = TVector.Zero;
            TVector product = TVector.Zero;
            for (int strip = 0, column = 0; column < columns; strip++)
            {
                for (int i = 0; i < width; i += TVector.Count, column += TVector.Count)
                {
                    TVector gradient = TVector.Load(gradients + strip * strips.Length + at + i);
                    TVector normalized = (TVector.Load(input + strip * strips.Length + at + i) - centre) * scale;
                    float* sliceSum = sums + strip * sliceStripLength + slice + i;
                    float* sliceProduct = products + strip * sliceStripLength + slice + i;
                    (gradient + (opensSlice ? TVector.Zero : TVector.Load(sliceSum))).Store(sliceSum);
                    TVector.MultiplyAdd(gradient, normalized, opensSlice ? TVector.Zero : TVector.Load(sliceProduct)).Store(sliceProduct);

                    TVector scaled = gradient * TVector.Load(units.Gamma + column);
                    sum += scaled;
                    product = TVector.MultiplyAdd(scaled, normalized, product);
                }
            }

            TVector meanGradient = TVector.Create(TVector.Sum(sum) / units.Count);
            TVector slope = TVector.Create(TVector.Sum(product) / units.Count);
            for (int strip = 0, column = 0; column < columns; strip++)
            {
                for (int i = 0; i < width; i += TVector.Count, column += TVector.Count)
                {
                    float* gradient = gradients + strip * strips.Length + at + i;
                    TVector normalized = (TVector.Load(input + strip * strips.Length + at + i) - centre) * scale;
                    TVector scaled = TVector.Load(gradient) * TVector.Load(units.Gamma + column);
                    ((scaled - meanGradient - normalized * slope) * scale & TVector.Load(units.Mask + column)).Store(gradient);
                }
            }
        }
    }
}

/// <summary>How the rows of a matrix lie in strips.</summary>
/// <param name="Count">The number of strips.</param>
/// <param name="Width">The columns of a strip.</param>
/// <param name="Length">The distance between strips.</param>
internal readonly record struct StripRows(int Count, int Width, nint Length)
{
    /// <summary>Those of a matrix.</summary>
    public static StripRows Of(StripMatrix matrix) => new(matrix.StripCount, matrix.Width, matrix.StripLength);
}

/// <summary>What a kernel over the units of a row knows of them; each pointer is to as many floats as the row has with padding.</summary>
/// <param name="count">The number of units.</param>
/// <param name="mask">All bits set where there is a unit, clear in the padding, which holds anything behind some activations.</param>
/// <param name="gamma">γ, 0 in the padding.</param>
/// <param name="beta">β, 0 in the padding.</param>
internal readonly unsafe struct RowUnits(int count, float* mask, float* gamma, float* beta)
{
    public int Count => count;

    public float* Mask => mask;

    public float* Gamma => gamma;

    public float* Beta => beta;

    /// <summary>A mask for <see cref="Mask"/>.</summary>
    /// <param name="count">The number of units.</param>
    public static AlignedBuffer MaskOf(int count)
    {
        var mask = new AlignedBuffer(StripMatrix.PaddedColumns(count));
        mask.Span[..count].Fill(BitConverter.Int32BitsToSingle(-1));
        return mask;
    }
}
