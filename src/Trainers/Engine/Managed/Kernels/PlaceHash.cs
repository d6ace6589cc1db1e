using System.Runtime.CompilerServices;

namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>Hashes that make random numbers of places and keys, so that any thread can compute any of them, again and again.</summary>
internal static class PlaceHash
{
    /// <summary>Mixes 64 bits: the finalizer of SplitMix64.</summary>
    public static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Mixes the 32 bits of each lane: Wellons' lowbias32, with half of the key mixed in between its rounds.</summary>
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
