namespace MLExtensions.Networks.Update;

/// <summary>
/// Limits the gradient of the loss, before penalties are added: by the size of each component, or by the norm of the whole, which is
/// summed over fixed chunks in double precision, so that it does not depend on the number of threads.
/// </summary>
/// <param name="norm">The largest norm, or null.</param>
/// <param name="value">The largest size of a component, or null.</param>
/// <param name="gradients">The gradient, padding zero.</param>
internal sealed unsafe class GradientClip(float? norm, float? value, AlignedBuffer gradients)
{
    private const int ChunkLength = 4096;

    private readonly double[] _sums = new double[norm is null ? 0 : (gradients.Length + ChunkLength - 1) / ChunkLength];

    /// <summary>Whether the whole gradient is needed before any part can be used.</summary>
    public bool NeedsNorm => norm is not null;

    /// <summary>The factor on the gradient of this step; 1 where it is short enough.</summary>
    public float Scale { get; private set; } = 1;

    /// <summary>The chunks over which squares are summed.</summary>
    public int Chunks => _sums.Length;

    /// <summary>Sums squares over a chunk.</summary>
    public void SumSquares(int chunk)
    {
        int first = chunk * ChunkLength;
        float sum = 0;
        InstructionSet.Run(new Squares
        {
            Values = gradients.Pointer + first,
            Length = Math.Min(ChunkLength, gradients.Length - first),
            Sum = &sum,
        });
        _sums[chunk] = sum;
    }

    /// <summary>Joins the sums, in their order: c / (norm + 1e-6), at most 1, as PyTorch's <c>clip_grad_norm_</c>.</summary>
    public void JoinSums()
    {
        double total = 0;
        foreach (double sum in _sums)
            total += sum;
        Scale = (float)Math.Min(1, norm!.Value / (Math.Sqrt(total) + 1e-6));
    }

    /// <summary>Limits part of the gradient in place.</summary>
    /// <param name="offset">The first component.</param>
    /// <param name="length">The number of components, a whole number of vectors.</param>
    public void Apply(int offset, int length)
    {
        if (value is { } limit)
            InstructionSet.Run(new Clamp { Values = gradients.Pointer + offset, Length = length, Limit = limit });
        else if (Scale != 1)
            InstructionSet.Run(new Multiply { Values = gradients.Pointer + offset, Length = length, Factor = Scale });
    }

    private struct Squares : IVectorKernel
    {
        public float* Values;
        public int Length;
        public float* Sum;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector sum = TVector.Zero;
            for (nint i = 0; i < Length; i += TVector.Count)
            {
                TVector x = TVector.Load(Values + i);
                sum = TVector.MultiplyAdd(x, x, sum);
            }
            *Sum = TVector.Sum(sum);
        }
    }

    private struct Clamp : IVectorKernel
    {
        public float* Values;
        public int Length;
        public float Limit;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector limit = TVector.Create(Limit);
            TVector negative = TVector.Create(-Limit);
            for (nint i = 0; i < Length; i += TVector.Count)
                TVector.Max(negative, TVector.Min(limit, TVector.Load(Values + i))).Store(Values + i);
        }
    }

    private struct Multiply : IVectorKernel
    {
        public float* Values;
        public int Length;
        public float Factor;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector factor = TVector.Create(Factor);
            for (nint i = 0; i < Length; i += TVector.Count)
                (factor * TVector.Load(Values + i)).Store(Values + i);
        }
    }
}
