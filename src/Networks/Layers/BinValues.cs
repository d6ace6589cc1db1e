namespace MLExtensions.Networks.Layers;

/// <summary>
/// Values of shares of bins. Of these all before the bin of a number are 1 and all behind it 0, so that V φ + b is the sum of b and the rows
/// of V before the bin, which is kept for each bin, and the share of the bin times its own row; with the number itself, its product in
/// addition. A row of the gradient goes to the bin and to all before it: those of each bin are summed, and once for all rows the sums
/// behind each bin.
/// </summary>
internal sealed unsafe class BinValues : NumberValues
{
    private readonly NumberShape _shape;
    private readonly Bins _bins;
    private readonly nint _parameters;

    // The function of the first bin: 1 where the number itself stands before it.
    private readonly int _first;

    // Of each bin b and all before it, [bins x values] in strips.
    private readonly AlignedBuffer _before;

    /// <summary>Sees the parameters of a number.</summary>
    /// <param name="shape">How they lie in memory.</param>
    /// <param name="bins">The bins, of which there may be fewer than functions.</param>
    /// <param name="startsWithNumber">Whether the first function is the number itself.</param>
    /// <param name="parameters">The first of them, as a pointer to float.</param>
    public BinValues(NumberShape shape, Bins bins, bool startsWithNumber, nint parameters)
    {
        (_shape, _bins, _parameters, _first) = (shape, bins, parameters, startsWithNumber ? 1 : 0);
        _before = new AlignedBuffer(Entries * shape.Padded);
    }

    public override bool TakesAnyStride => _shape.Strips == 1;

    public override int ScratchLength => 2 * Rows;

    public override int GradientScratchLength => ScratchLength + Entries * _shape.Padded;

    // Without bins the one entry is b.
    private int Entries => Math.Max(1, _bins.Count);

    public override void Refresh()
    {
        for (int strip = 0; strip < _shape.Strips; strip++)
        {
            InstructionSet.Run(new Accumulate(
                RowsOfBins((float*)_parameters, strip), (float*)_parameters + _shape.Bias + strip * _shape.Width, Entries, _shape.Width, StripOf(_before.Pointer, strip)));
        }
        GC.KeepAlive(_before);
    }

    public override void Compute(float* numbers, int rows, float* values, nint stride, float* scratch)
    {
        FindBins(numbers, rows, scratch);
        for (int strip = 0; strip < _shape.Strips; strip++)
        {
            InstructionSet.Run(new Interpolate(
                numbers, scratch, rows, RowsOfBins((float*)_parameters, strip), StripOf(_before.Pointer, strip), _shape.Width, _first == 1,
                values + strip * Rows * _shape.Width, stride));
        }
        GC.KeepAlive(_before);
    }

    public override void BeginGradients(float* scratch) => new Span<float>(scratch + ScratchLength, Entries * _shape.Padded).Clear();

    public override void AddGradients(float* numbers, int rows, float* ofValues, nint stride, float* gradients, float* scratch)
    {
        FindBins(numbers, rows, scratch);
        for (int strip = 0; strip < _shape.Strips; strip++)
        {
            InstructionSet.Run(new Share(
                numbers, scratch, rows, ofValues + strip * Rows * _shape.Width, stride, _shape.Width, _first == 1,
                RowsOfBins(gradients, strip), StripOf(scratch + ScratchLength, strip)));
        }
    }

    public override void EndGradients(float* gradients, float* scratch)
    {
        for (int strip = 0; strip < _shape.Strips; strip++)
        {
            InstructionSet.Run(new AddThoseBehind(
                StripOf(scratch + ScratchLength, strip), Entries, _shape.Width, RowsOfBins(gradients, strip), gradients + _shape.Bias + strip * _shape.Width));
        }
    }

    // The bins of rows, as integers, and then the shares.
    private void FindBins(float* numbers, int rows, float* found) => _bins.Find(numbers, rows, (int*)found, found + Rows);

    // V of a strip from the first bin on; the row before it is that of the number itself.
    private float* RowsOfBins(float* parameters, int strip) => parameters + (nint)(strip * _shape.Functions + _first) * _shape.Width;

    private float* StripOf(float* entries, int strip) => entries + (nint)strip * Entries * _shape.Width;

    /// <summary>sums[0] = start, sums[i + 1] = sums[i] + rows[i].</summary>
    private readonly struct Accumulate(float* rows, float* start, int count, int width, float* sums) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            for (int i = 0; i < width; i += TVector.Count)
            {
                TVector sum = TVector.Load(start + i);
                for (int row = 0; row < count; row++)
                {
                    sum.Store(sums + (nint)row * width + i);
                    sum += TVector.Load(rows + (nint)row * width + i);
                }
            }
        }
    }

    /// <summary>values = before[bin] + share x V[bin] (+ number x its row).</summary>
    private readonly struct Interpolate(
        float* numbers, float* found, int rows, float* weights, float* before, int width, bool hasNumber, float* values, nint stride) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            for (int row = 0; row < rows; row++)
            {
                nint at = (nint)((int*)found)[row] * width;
                TVector share = TVector.Create(found[Rows + row]), number = TVector.Create(numbers[row]);
                float* to = values + row * stride;
                for (int i = 0; i < width; i += TVector.Count)
                {
                    TVector value = TVector.MultiplyAdd(share, TVector.Load(weights + at + i), TVector.Load(before + at + i));
                    if (hasNumber)
                        value = TVector.MultiplyAdd(number, TVector.Load(weights - width + i), value);
                    value.Store(to + i);
                }
            }
        }
    }

    /// <summary>gradients[bin] += share x row and sums[bin] += row (and the number's += number x row).</summary>
    private readonly struct Share(
        float* numbers, float* found, int rows, float* ofValues, nint stride, int width, bool hasNumber, float* gradients, float* sums) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            for (int i = 0; i < width; i += TVector.Count)
            {
                TVector ofNumber = TVector.Zero;
                for (int row = 0; row < rows; row++)
                {
                    nint at = (nint)((int*)found)[row] * width + i;
                    TVector value = TVector.Load(ofValues + row * stride + i);
                    TVector.MultiplyAdd(TVector.Create(found[Rows + row]), value, TVector.Load(gradients + at)).Store(gradients + at);
                    (TVector.Load(sums + at) + value).Store(sums + at);
                    ofNumber = TVector.MultiplyAdd(TVector.Create(numbers[row]), value, ofNumber);
                }
                if (hasNumber)
                    (TVector.Load(gradients - width + i) + ofNumber).Store(gradients - width + i);
            }
        }
    }

    /// <summary>gradients[i] += the sums behind i; all sums are the gradient of b.</summary>
    private readonly struct AddThoseBehind(float* sums, int count, int width, float* gradients, float* bias) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            for (int i = 0; i < width; i += TVector.Count)
            {
                TVector behind = TVector.Zero;
                for (int row = count - 1; row >= 0; row--)
                {
                    nint at = (nint)row * width + i;
                    (TVector.Load(gradients + at) + behind).Store(gradients + at);
                    behind += TVector.Load(sums + at);
                }
                behind.Store(bias + i);
            }
        }
    }
}
