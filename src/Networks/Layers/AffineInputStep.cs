namespace MLExtensions.Networks.Layers;

/// <summary>z = (x - centre) factor, then z / √(1 + (z inverse limit)²).</summary>
internal sealed unsafe class AffineInputStep : InputStep
{
    // The square of what lies further out would overflow, and the result be 0 instead of the limit.
    internal const float Far = 1e18f;

    private readonly AlignedBuffer _centers;
    private readonly AlignedBuffer _factors;
    private readonly AlignedBuffer _inverseLimits;
    private readonly AlignedBuffer _isNumber;

    public AffineInputStep(AffineInputLayer layer, LayerTensors tensors)
        : base(layer)
    {
        _centers = Padded(tensors("center"), 0);
        _factors = Padded(tensors("factor"), 1);
        _inverseLimits = Padded(tensors("inverse_limit"), 0);
        _isNumber = new AlignedBuffer(PaddedOutputs);
        _isNumber.Span.Fill(BitConverter.Int32BitsToSingle(-1));
        foreach (var category in layer.Layout.Categories)
            _isNumber.Span[category.Slot] = 0;
    }

    protected override void MapStrip(float* strip, int rows, int width, int firstColumn) => InstructionSet.Run(new Kernel(strip, rows, width,
        _centers.Pointer + firstColumn, _factors.Pointer + firstColumn, _inverseLimits.Pointer + firstColumn, _isNumber.Pointer + firstColumn));

    private AlignedBuffer Padded(ReadOnlySpan<float> values, float rest)
    {
        var buffer = new AlignedBuffer(PaddedOutputs);
        buffer.Span.Fill(rest);
        values.CopyTo(buffer.Span);
        return buffer;
    }

    private readonly struct Kernel(float* strip, int rows, int width, float* centers, float* factors, float* inverseLimits, float* isNumber) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector one = TVector.Create(1f);
            for (int column = 0; column < width; column += TVector.Count)
            {
                TVector center = TVector.Load(centers + column);
                TVector factor = TVector.Load(factors + column);
                TVector inverse = TVector.Load(inverseLimits + column);
                TVector number = TVector.Load(isNumber + column);
                for (int row = 0; row < rows; row++)
                {
                    float* at = strip + (nint)row * width + column;
                    TVector x = TVector.Load(at);
                    TVector z = TVector.Min(TVector.Create(Far), TVector.Max(TVector.Create(-Far), (x - center) * factor));
                    TVector share = z * inverse;
                    TVector y = z / TVector.Sqrt(TVector.MultiplyAdd(share, share, one));
                    y = TVector.Select(VectorMath.IsNaN(x), TVector.Zero, y);
                    TVector.Select(number, y, x).Store(at);
                }
            }
        }
    }
}
