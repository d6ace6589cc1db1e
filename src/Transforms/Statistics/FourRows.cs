using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLExtensions.Transforms;

/// <summary>Four dense rows of one length, read a hardware vector at a time.</summary>
internal readonly ref struct FourRows<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, ReadOnlySpan<T> third, ReadOnlySpan<T> fourth)
    where T : unmanaged
{
    public const int Count = 4;

    private readonly ref T _first = ref MemoryMarshal.GetReference(first);
    private readonly ref T _second = ref MemoryMarshal.GetReference(second);
    private readonly ref T _third = ref MemoryMarshal.GetReference(third);
    private readonly ref T _fourth = ref MemoryMarshal.GetReference(fourth);

    /// <summary>The values of all four rows from a slot on. The slots are not checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Load(int slot, out Vector<T> first, out Vector<T> second, out Vector<T> third, out Vector<T> fourth)
    {
        first = Vector.LoadUnsafe(ref _first, (nuint)slot);
        second = Vector.LoadUnsafe(ref _second, (nuint)slot);
        third = Vector.LoadUnsafe(ref _third, (nuint)slot);
        fourth = Vector.LoadUnsafe(ref _fourth, (nuint)slot);
    }
}
