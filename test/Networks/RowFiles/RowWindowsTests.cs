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

    // Blocks of 8 rows are 96 bytes: windows of 10.
    private const long TwoWindows = 2 * 10 * 96;

    [TestMethod]
    public void Begin_SeveralWindows_HaveEachRowOnceFromAllOverTheData()
    {
        using var folder = new TestFolder();
        var (_, file) = RowFileCases.Both(folder, Rows, Width, 3, TwoWindows);
        using var owned = file;
        int[] training = [.. Enumerable.Range(0, Rows).Where(row => row % 5 != 0)];
        using var windows = (RowWindows)file.OpenWindows(training);
        int[] order = new int[training.Length];

        var places = windows.Begin(order, new RandomStream(1, "shuffle"));

        order.Order().Should().Equal(training);
        places.Should().HaveCount(13, "125 blocks fill 12 windows and a half");
        foreach (var place in places)
            (order[place].Max() - order[place].Min()).Should().BeGreaterThan(Rows / 2, "a window is blocks from all over the data");
        int[] second = new int[training.Length];
        windows.Begin(second, new RandomStream(2, "shuffle"));
        second.Order().Should().Equal(training);
        second.Should().NotEqual(order);
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
        using var windows = new RowWindows(counted, training);
        int[] order = new int[Rows];

        for (int epoch = 1; epoch <= 3; epoch++)
        {
            var random = new RandomStream(epoch, "shuffle");
            foreach (var window in windows.Begin(order, random))
                random.Shuffle(order.AsSpan(window));
            foreach (int[] rows in order.Chunk(batch))
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
        using var windows = new RowWindows(counted, [.. Enumerable.Range(0, Rows)]);
        int[] order = new int[Rows];
        windows.Begin(order, new RandomStream(1, "shuffle"));

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
        windows.Begin(new int[Rows / 2], new RandomStream(1, "shuffle"));

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
        using var windows = new RowWindows(new CountedBlocks(file) { Damaged = 60 }, [.. Enumerable.Range(0, Rows)]);
        int[] order = new int[Rows];
        windows.Begin(order, new RandomStream(1, "shuffle"));

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
        int[] order = new int[100_000];
        using var windows = (RowWindows)file.OpenWindows([.. Enumerable.Range(0, order.Length)]);
        float[] gathered = new float[50 * 8];
        windows.Begin(order, new RandomStream(1, "shuffle"));
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int first = 0; first < order.Length; first += 50)
        {
            windows.Prepare(order.AsSpan(first, 50));
            windows.Gather(order.AsSpan(first, 50), gathered);
        }

        // The rows are 3.2 million bytes.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(400_000);
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
