namespace MLExtensions.Networks.Noise;

/// <summary>Random bits as a hash of a place under a key, so that any thread can compute any part, again and again.</summary>
internal static class PlaceHash
{
    /// <summary>The finalizer of SplitMix64.</summary>
    public static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Wellons' lowbias32, with half of the key mixed in between its rounds.</summary>
    /// <param name="x">Places, combined with the other half of the key.</param>
    /// <param name="key">Half of the key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Scramble<TVector>(TVector x, TVector key)
        where TVector : unmanaged, IVector<TVector>
    {
        x ^= TVector.ShiftRightBits(x, 16);
        x = TVector.MultiplyBits(x, TVector.CreateBits(0x7FEB352D)) ^ key;
        x ^= TVector.ShiftRightBits(x, 15);
        x = TVector.MultiplyBits(x, TVector.CreateBits(unchecked((int)0x846CA68B)));
        return x ^ TVector.ShiftRightBits(x, 16);
    }
}
