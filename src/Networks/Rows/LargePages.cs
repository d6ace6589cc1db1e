namespace MLExtensions.Networks.Rows;

/// <summary>Asks the system to back large arrays with large pages, where that is a matter of asking.</summary>
/// <remarks>
/// The first write to a page of 4 KiB takes about 1.6 µs on a virtual machine, more than half of the time to read rows from memory
/// into a new array: a cached view of rows of 50 numbers is read at 6 million rows per second that way, and at 12 to 16 million
/// into pages of 2 MiB. Linux gives them to a process that asks; elsewhere, and where it refuses, nothing changes. Where a hypervisor has
/// taken back the memory beneath, the first write to it waits for the host, whatever the size of pages and the number of threads.
/// </remarks>
internal static partial class LargePages
{
    private const int Size = 1 << 21;
    private const int MadviseHugePage = 14;

    /// <summary>Asks for large pages under whatever part of some numbers they fit into. The numbers may still be moved.</summary>
    public static unsafe void Advise(Span<byte> numbers)
    {
        if (!OperatingSystem.IsLinux() || numbers.Length < 2 * Size)
            return;

        fixed (byte* start = numbers)
        {
            nuint first = ((nuint)start + Size - 1) / Size * Size;
            nuint end = (nuint)(start + numbers.Length) / Size * Size;
            try
            {
                _ = Madvise(first, end - first, MadviseHugePage);
            }
            catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
            {
                // A C library of another name: ordinary pages do.
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvSuppressGCTransition)])]
    private static partial int Madvise(nuint address, nuint length, int advice);
}
