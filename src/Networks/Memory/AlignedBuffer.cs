namespace MLExtensions.Networks.Memory;

/// <summary>
/// Floats that start at a cache line and never move, so that kernels may use pointers. Zero at first. The garbage
/// collector frees them with this object, which must therefore outlive every pointer taken from it.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Alignment = 64;

    // Kept only for its lifetime; pinned, so that the pointer holds.
    private readonly float[] _array;

    /// <summary>Allocates zeros.</summary>
    /// <param name="length">The number of floats.</param>
    public AlignedBuffer(int length)
    {
        _array = GC.AllocateArray<float>(checked(length + Alignment / sizeof(float)), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref _array[0]);
        Pointer = (float*)((address + Alignment - 1) / Alignment * Alignment);
        Length = length;
    }

    /// <summary>The first float.</summary>
    public float* Pointer { get; }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>All floats.</summary>
    public Span<float> Span => new(Pointer, Length);
}
