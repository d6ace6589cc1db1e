namespace MLExtensions.Networks.Randomness;

/// <summary>
/// A sequence of random numbers that is the same on every machine and runtime for the same seed (xoshiro256**, seeded
/// through SplitMix64). Purposes of one training (split, shuffle, initial weights, dropout) take separate streams, so
/// that one option does not change the numbers of another.
/// </summary>
/// <remarks>Blackman, Vigna 2018, arXiv 1805.01407.</remarks>
internal sealed class RandomStream
{
    private ulong _a, _b, _c, _d;
    private double? _spareNormal;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="purpose">A name that separates this stream from others of the same seed.</param>
    public RandomStream(int seed, string purpose)
    {
        ulong state = Key(seed, purpose);
        _a = SplitMix(ref state);
        _b = SplitMix(ref state);
        _c = SplitMix(ref state);
        _d = SplitMix(ref state);
    }

    /// <summary>A 64-bit key for a purpose, for generators that compute each number from a key and a position.</summary>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="purpose">The name of the purpose.</param>
    public static ulong Key(int seed, string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);

        ulong state = (uint)seed;
        foreach (char c in purpose)
            state = (SplitMix(ref state) ^ c) * 0x100000001B3UL;
        return SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number uniform in [0, <paramref name="count"/>).</summary>
    /// <param name="count">The number of choices, at least 1.</param>
    public int NextIndex(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        // The high half of a 64 x 64 product; the bias is below count / 2^64.
        return (int)Math.BigMul(NextBits(), (ulong)count, out _);
    }

    /// <summary>A number from the normal distribution of mean 0 and standard deviation 1 (Box-Muller).</summary>
    public double NextNormal()
    {
        if (_spareNormal is { } spare)
        {
            _spareNormal = null;
            return spare;
        }

        double radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * NextUniform());
        _spareNormal = radius * sine;
        return radius * cosine;
    }

    /// <summary>Puts the items in random order, every order equally likely (Fisher-Yates).</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextIndex(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
