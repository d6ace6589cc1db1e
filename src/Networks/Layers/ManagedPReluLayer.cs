namespace MLExtensions.Networks.Layers;

/// <summary>x for x &gt; 0, else a x, with learned slopes a.</summary>
/// <param name="layer">The size.</param>
/// <param name="place">Where the layer stands.</param>
internal sealed unsafe class ManagedPReluLayer(PReluLayer layer, LayerPlace place)
    : ManagedVectorLayer(ParameterRole.ActivationSlope, layer.PerUnit ? layer.Size : 1, layer.Size, place)
{
    private readonly AlignedBuffer _slopes = new(StripMatrix.PaddedColumns(layer.Size));
    private readonly AlignedBuffer _unitGradients = new(StripMatrix.PaddedColumns(layer.Size));

    public override void ForwardUnits(int strip, RowRange rows, int step) => InstructionSet.Run(new PReluForward(
            Input.At(strip, rows.First), Output.At(strip, rows.First), rows.Count, Input.Width, _slopes.Pointer + strip * Input.Width));

    public override void BackwardUnits(int strip, RowRange rows, int step) => InstructionSet.Run(new PReluBackward(
            Input.At(strip, rows.First), Gradient!.At(strip, rows.First), rows.Count, Input.Width,
            _slopes.Pointer + strip * Input.Width, Sums.At(strip, SliceAt(rows))));

    protected override void JoinGradients(int batchRows)
    {
        if (layer.PerUnit)
        {
            base.JoinGradients(batchRows);
            return;
        }

        JoinSums(batchRows, _unitGradients.Pointer);
        Vector.Gradients[0] = 0;
        foreach (float unit in _unitGradients.Span[..layer.Size])
            Vector.Gradients[0] += unit;
    }

    // One slope for each column, for the kernels to load as they load the columns.
    public override void Refresh()
    {
        if (layer.PerUnit)
            new ReadOnlySpan<float>(Vector.Values, layer.Size).CopyTo(_slopes.Span);
        else
            _slopes.Span[..layer.Size].Fill(Vector.Values[0]);
    }
}

/// <summary>x for x &gt; 0, else a x, in place.</summary>
internal sealed unsafe class PReluStep : ScoringStep
{
    private readonly AlignedBuffer _slopes;
    private readonly int _width;

    public PReluStep(PReluLayer layer, ReadOnlySpan<float> slopes)
    {
        _slopes = new AlignedBuffer(StripMatrix.PaddedColumns(layer.Size));
        _width = StripMatrix.WidthOf(layer.Size);
        for (int i = 0; i < layer.Size; i++)
            _slopes.Span[i] = slopes[layer.PerUnit ? i : 0];
    }

    public override float* Run(float* values, float* free, int rows)
    {
        for (int column = 0; column < _slopes.Length; column += _width)
        {
            float* strip = values + (nint)column * rows;
            InstructionSet.Run(new PReluForward(strip, strip, rows, _width, _slopes.Pointer + column));
        }

        return values;
    }
}

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
