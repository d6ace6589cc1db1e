namespace MLExtensions.Networks.Embeddings;

/// <summary>cos(2π f x + p), or where there are no phases cos(2π f x) for all frequencies and then sin(2π f x).</summary>
/// <param name="count">The number of frequencies.</param>
/// <param name="frequencies">f, as a pointer to float, with padding.</param>
/// <param name="phases">p, likewise; 0 for none.</param>
internal sealed unsafe class WaveBasis(int count, nint frequencies, nint phases) : NumberBasis
{
    private readonly int _padded = StripMatrix.PaddedColumns(count);

    public override void Compute(float* numbers, int rows, float* values, int stride)
    {
        float* waves = stackalloc float[2 * _padded];
        for (int row = 0; row < rows; row++, values += stride)
        {
            InstructionSet.Run(new Waves(numbers[row], (float*)frequencies, (float*)phases, _padded, waves));
            new ReadOnlySpan<float>(waves, count).CopyTo(new Span<float>(values, count));
            if (phases == 0)
                new ReadOnlySpan<float>(waves + _padded, count).CopyTo(new Span<float>(values + count, count));
        }
    }

    public override void AddGradients(float* numbers, int rows, float* gradients, int stride, ReadOnlySpan<nint> sums)
    {
        float* waves = stackalloc float[2 * _padded];
        float* ofFrequencies = (float*)sums[0];
        float* ofPhases = phases == 0 ? null : (float*)sums[1];
        for (int row = 0; row < rows; row++, gradients += stride)
        {
            InstructionSet.Run(new Waves(numbers[row], (float*)frequencies, (float*)phases, _padded, waves));
            float factor = 2 * MathF.PI * numbers[row];
            for (int i = 0; i < count; i++)
            {
                float slope = -gradients[i] * waves[_padded + i];
                if (phases == 0)
                    slope += gradients[count + i] * waves[i];
                else
                    ofPhases[i] += slope;
                ofFrequencies[i] += slope * factor;
            }
        }
    }

    /// <summary>The cosines of the angles of one number, then their sines.</summary>
    private readonly struct Waves(float number, float* frequencies, float* phases, int length, float* waves) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            TVector x = TVector.Create(number);
            TVector perTurn = TVector.Create(1 / (2 * MathF.PI));
            for (int i = 0; i < length; i += TVector.Count)
            {
                TVector turns = x * TVector.Load(frequencies + i);
                if (phases != null)
                    turns = TVector.MultiplyAdd(perTurn, TVector.Load(phases + i), turns);
                VectorMath.SineAndCosineOfTurns(turns, out TVector sine, out TVector cosine);
                cosine.Store(waves + i);
                sine.Store(waves + length + i);
            }
        }
    }
}
