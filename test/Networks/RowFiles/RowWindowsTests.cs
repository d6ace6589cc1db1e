using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.RowFiles;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests.RowFiles;

/// <summary>Windows hand out each training row once an epoch, whatever is in memory.</summary>
[TestClass]
public sealed class RowWindowsTests
{
    private const int Width = 3;
    private const int Rows = 1000;

    // Blocks of 8 rows are 96 bytes, and the order of their rows is 32: windows of 10.
    private const long TwoWindows = 10 * (2 * 96 + 32);

    [TestMethod]
    public void Begin_SeveralWindows_HaveEachRowOnceFromAllOverTheData()
    {
        using var folder = new TestFolder();
        var (_, file) = RowFileCases.Both(folder, Rows, Width, 3, TwoWindows);
        using var owned = file;
        int[] training = [.. Enumerable.Range(0, Rows).Where(row => row % 5 != 0)];
        using var windows = (RowWindows)file.OpenWindows(training);

        int[][] order = Begin(windows, new RandomStream(1, "shuffle"));

        order.SelectMany(window => window).Order().Should().Equal(training);
        order.Should().HaveCount(13, "125 blocks fill 12 windows and a half");
        foreach (int[] window in order)
        {
            window.Should().BeInAscendingOrder();
            (window[^1] - window[0]).Should().BeGreaterThan(Rows / 2, "a window is blocks from all over the data");
            window.Length.Should().BeInRange(order[^1] == window ? 1 : windows.FewestRows, windows.MostRows);
        }
        int[][] second = Begin(windows, new RandomStream(2, "shuffle"));
        second.SelectMany(window => window).Order().Should().Equal(training);
        second.SelectMany(window => window).Should().NotEqual(order.SelectMany(window => window));
    }

    [TestMethod]
    [DataRow(7)]
    [DataRow(33)]
    public void Gather_BatchesInOrder_GivesTheRowsAndReadsEachBlockOnce(int batch)
    {
        using var folder = new TestFolder();
        var (memory, file) = RowFileCases.Both(folder, Rows, Width, 3, TwoWindows);
        using var owned = file;
        var counted = new CountedBlocks(file);
        int[] training = [.. Enumerable.Range(0, Rows)];
        using var windows = new RowWindows(counted, training, TwoWindows);

        for (int epoch = 1; epoch <= 3; epoch++)
        {
            var random = new RandomStream(epoch, "shuffle");
            int[][] order = Begin(windows, random);
            foreach (int[] window in order)
                random.Shuffle<int>(window);
            foreach (int[] rows in order.SelectMany(window => window).Chunk(batch))
            {
                windows.Prepare(rows);
                windows.Gather(rows).Should().Equal(memory.Gather(rows));
            }
            counted.Reads.Should().Be(epoch * 125);
        }
    }

    [TestMethod]
    public void Gather_TheSameOrderAgain_ReadsWindowsAgain()
    {
        using var folder = new TestFolder();
        var (memory, file) = RowFileCases.Both(folder, Rows, Width, 3, TwoWindows);
        using var owned = file;
        var counted = new CountedBlocks(file);
        using var windows = new RowWindows(counted, [.. Enumerable.Range(0, Rows)], TwoWindows);
        int[] order = [.. Begin(windows, new RandomStream(1, "shuffle")).SelectMany(window => window)];

        for (int pass = 0; pass < 2; pass++)
        {
            foreach (int[] rows in order.Chunk(20))
            {
                windows.Prepare(rows);
                windows.Gather(rows).Should().Equal(memory.Gather(rows));
            }
        }

        counted.Reads.Should().Be(2 * 125);
    }

    [TestMethod]
    public void Gather_RowsThatNoWindowHas_GivesThem()
    {
        using var folder = new TestFolder();
        var (memory, file) = RowFileCases.Both(folder, Rows, Width, 3, TwoWindows);
        using var owned = file;
        using var windows = (RowWindows)file.OpenWindows([.. Enumerable.Range(0, Rows / 2)]);
        windows.Begin(new RandomStream(1, "shuffle"));

        windows.Gather(999, 500, 3).Should().Equal(memory.Gather(999, 500, 3));
        windows.Prepare([999, 500]);
        windows.Gather(999, 500, 3).Should().Equal(memory.Gather(999, 500, 3));
    }

    [TestMethod]
    public void Prepare_AWindowWithADamagedBlock_Throws()
    {
        using var folder = new TestFolder();
        var (_, file) = RowFileCases.Both(folder, Rows, Width, 3, TwoWindows);
        using var owned = file;
        using var windows = new RowWindows(new CountedBlocks(file) { Damaged = 60 }, [.. Enumerable.Range(0, Rows)], TwoWindows);
        int[] order = [.. Begin(windows, new RandomStream(1, "shuffle")).SelectMany(window => window)];

        var act = () =>
        {
            foreach (int[] rows in order.Chunk(20))
                windows.Prepare(rows);
        };

        act.Should().Throw<InvalidDataException>().WithMessage("damaged");
    }

    [TestMethod]
    public void Memory_WhateverTheRows_IsThatOfTwoWindows()
    {
        using var folder = new TestFolder();
        var (_, file) = RowFileCases.Both(folder, 100_000, 8, 7, 2 * 8 * 4096);
        using var owned = file;
        using var windows = (RowWindows)file.OpenWindows([.. Enumerable.Range(0, 100_000)]);
        float[] gathered = new float[50 * 8];
        int[] order = [.. Begin(windows, new RandomStream(1, "shuffle")).SelectMany(window => window)];
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int first = 0; first < order.Length; first += 50)
        {
            windows.Prepare(order.AsSpan(first, 50));
            windows.Gather(order.AsSpan(first, 50), gathered);
        }

        // The rows are 3.2 million bytes.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(400_000);
    }

    // The rows of each window.
    private static int[][] Begin(RowWindows windows, RandomStream random)
    {
        int[] room = new int[windows.MostRows];
        return [.. Enumerable.Range(0, windows.Begin(random)).ToArray().Select(window => room[..windows.CopyRows(window, room)])];
    }

    /// <summary>Counts the blocks that are read.</summary>
    private sealed class CountedBlocks(BlockRows source) : BlockRows(source.Blocks, source.Memory)
    {
        private int _reads;

        public int Reads => _reads;

        public int Damaged { get; init; } = -1;

        public override void ReadBlock(int block, Span<float> destination)
        {
            Interlocked.Increment(ref _reads);
            if (block == Damaged)
                throw new InvalidDataException("damaged");
            source.ReadBlock(block, destination);
        }
    }
}
