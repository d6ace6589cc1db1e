namespace MLExtensions.Networks.Embeddings;

/// <summary>The bins of one feature.</summary>
internal sealed class Bins
{
    // Up to here each number is compared with all bins, 16 numbers at once: 2 ns each for 48 bins, where halving takes 20, since the compiler
    // makes branches of it. More bins are halved.
    private const int MostCompared = 128;

    // Where bins begin, up to a power of two; those that there are not begin beyond all numbers.
    private readonly float[] _starts;
    private readonly float[] _inverseWidths;

    // What a number is above that is in a bin or behind it, for all bins but the first.
    private readonly float[] _below;

    /// <summary>Makes them.</summary>
    /// <param name="edges">The edges, ascending; those that there are not are the largest number.</param>
    public Bins(ReadOnlySpan<float> edges)
    {
        int present = edges.IndexOf(float.MaxValue);
        float[] all = [.. present < 0 ? edges : edges[..present]];
        _inverseWidths = [.. all.Zip(all.Skip(1)).Select(edge => edge.Second > edge.First ? (float)(1 / ((double)edge.Second - edge.First)) : 0)];
        _starts = new float[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, Count))];
        Array.Fill(_starts, float.PositiveInfinity);
        all.AsSpan(0, Math.Min(all.Length, Count)).CopyTo(_starts);
        _below = Count is > 1 and <= MostCompared ? Array.ConvertAll(_starts[1..Count], MathF.BitDecrement) : [];
    }

    /// <summary>The number of bins; 0 where all values are the same.</summary>
    public int Count => _inverseWidths.Length;

    /// <summary>
    /// Finds the bin that a number lies in: the first for all before it, the last for all behind it. All bins before it are passed, none
    /// behind it is entered.
    /// </summary>
    /// <param name="x">The number.</param>
    /// <param name="share">How far into the bin it lies: from 0 to 1, but less in the first, more in the last; 0 where there is no bin.</param>
    public int Find(float x, out float share)
    {
        // Halves without branches, which no processor would foresee.
        int bin = 0;
        for (int step = _starts.Length / 2; step > 0; step /= 2)
            bin += x >= _starts[bin + step] ? step : 0;
        if (bin >= Count)
        {
            // Infinity is not before what does not begin.
            if (Count == 0)
            {
                share = 0;
                return 0;
            }
            bin = Count - 1;
        }
        share = (x - _starts[bin]) * _inverseWidths[bin];
        return bin;
    }

    /// <summary>Finds the bins of several numbers, each as <see cref="Find(float, out float)"/> does.</summary>
    /// <param name="numbers">The numbers, in memory of whole vectors.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="bins">Receives the bins, in memory of whole vectors.</param>
    /// <param name="shares">Receives the shares.</param>
    public unsafe void Find(float* numbers, int count, int* bins, float* shares)
    {
        if (Count is 0 or > MostCompared)
        {
            for (int i = 0; i < count; i++)
                bins[i] = Find(numbers[i], out shares[i]);
            return;
        }

        fixed (float* below = _below)
            InstructionSet.Run(new CountBelow(below, _below.Length, numbers, count, bins));
        for (int i = 0; i < count; i++)
            shares[i] = (numbers[i] - _starts[bins[i]]) * _inverseWidths[bins[i]];
    }

    /// <summary>How many of some values each number is above.</summary>
    private readonly unsafe struct CountBelow(float* values, int valueCount, float* numbers, int count, int* counts) : IVectorKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TVector>()
            where TVector : unmanaged, IVector<TVector>
        {
            for (int i = 0; i < count; i += TVector.Count)
            {
                // A mask is -1.
                TVector number = TVector.Load(numbers + i), negative = TVector.Zero;
                for (int value = 0; value < valueCount; value++)
                    negative = TVector.AddBits(negative, TVector.GreaterThan(number, TVector.Broadcast(values + value)));
                TVector.AddBits(negative ^ TVector.CreateBits(-1), TVector.CreateBits(1)).Store((float*)(counts + i));
            }
        }
    }
}
