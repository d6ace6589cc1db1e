using System.Globalization;
using MLExtensions.Networks.Rows;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class LargePagesTests
{
    [TestMethod]
    public unsafe void Advise_ALargeArray_MarksItsMemory()
    {
        if (!File.Exists("/sys/kernel/mm/transparent_hugepage/enabled") || !File.Exists("/proc/self/smaps"))
            Assert.Inconclusive("This system has no large pages that a process can ask for.");

        float[] numbers = GC.AllocateUninitializedArray<float>(4 << 20, pinned: true);
        LargePages.Advise(System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan()));

        fixed (float* middle = &numbers[numbers.Length / 2])
            FlagsOf((ulong)middle).Should().Contain("hg");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(1 << 20)]
    public void Advise_AnyLength_ChangesNoNumber(int length)
    {
        float[] numbers = [.. Enumerable.Range(0, length).Select(i => (float)i)];

        LargePages.Advise(System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan()));

        numbers.Should().Equal(Enumerable.Range(0, length).Select(i => (float)i));
    }

    /// <summary>The flags of the mapping that holds an address.</summary>
    private static string[] FlagsOf(ulong address)
    {
        bool found = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string[] range = line.Split(' ')[0].Split('-');
            if (range.Length == 2 && ulong.TryParse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong start))
                found = start <= address && address < ulong.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            else if (found && line.StartsWith("VmFlags:", StringComparison.Ordinal))
                return line.Split(' ');
        }
        return [];
    }
}
