namespace Microsoft.ML;

/// <summary>
/// Three Tausworthe generators combined with a linear congruential one (Howes and Thomas, "Efficient random number generation
/// and application using CUDA", GPU Gems 3, chapter 37). Found to be what decides, in the real ML.NET, which rows a split
/// takes; so splits and folds are made of the same rows in both builds.
/// </summary>
internal sealed class TauswortheHybrid
{
    private uint _z1;
    private uint _z2;
    private uint _z3;
    private uint _z4;

    /// <summary>Spreads the seed over the state by rounds of MurmurHash3.</summary>
    public TauswortheHybrid(uint seed)
    {
        _z1 = seed;
        _z2 = MurmurRound(_z1, seed);
        _z3 = MurmurRound(_z2, seed);
        _z4 = MurmurRound(_z3, seed);
    }

    /// <summary>At least 0 and less than 1, in steps of 2^-23.</summary>
    public float NextSingle() => (NextUInt32() >> 9) * (1f / (1 << 23));

    private uint NextUInt32()
    {
        _z1 = TauswortheStep(_z1, 13, 19, 12, 0xFFFFFFFE);
        _z2 = TauswortheStep(_z2, 2, 25, 4, 0xFFFFFFF8);
        _z3 = TauswortheStep(_z3, 3, 11, 17, 0xFFFFFFF0);
        _z4 = (1664525 * _z4) + 1013904223;
        return _z1 ^ _z2 ^ _z3 ^ _z4;
    }

    private static uint TauswortheStep(uint z, int s1, int s2, int s3, uint mask)
        => ((z & mask) << s3) ^ (((z << s1) ^ z) >> s2);

    private static uint MurmurRound(uint hash, uint block)
    {
        block = uint.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
        return (uint.RotateLeft(hash ^ block, 13) * 5) + 0xE6546B64;
    }
}
