using MLExtensions.Networks.RowFiles;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests.RowFiles;

/// <summary>Rows stay in memory where they fit, and go to a file where they do not.</summary>
[TestClass]
public sealed class FeatureStoreTests
{
    private const int Width = 10;
    private static readonly RowCosts s_costs = new(Training: 12, Splitting: 16);

    [TestMethod]
    [DataRow(1170, true)]
    [DataRow(1171, false)]
    [DataRow(3000, false)]
    public void ToRows_KnownAndUnknownCounts_AreInMemoryWhereTheyFit(int rows, bool isInMemory)
    {
        foreach (long? expected in new long?[] { null, rows, rows / 2, 0 })
        {
            using var folder = new TestFolder();
            using var store = new FeatureStore(Width, expected, new() { MaximumBytes = 1 << 16, Folder = folder.FullName }, s_costs, null);
            float[] values = Fill(store, rows);

            var features = store.ToRows();
            using var owned = features as IDisposable;

            (features is MemoryRows).Should().Be(isInMemory, "of {0} expected", expected);
            Directory.GetFiles(folder.FullName).Should().HaveCount(isInMemory ? 0 : 1);
            features.Gather([.. Enumerable.Range(0, rows)]).Should().Equal(values);
        }
    }

    [TestMethod]
    public void Fill_MoreRowsThanTheRestHasRoomFor_IsRefusedAndLeavesNothing()
    {
        using var folder = new TestFolder();
        var act = () =>
        {
            using var store = new FeatureStore(Width, null, new() { MaximumBytes = 1 << 16, Folder = folder.FullName }, s_costs, null);
            Fill(store, 5000);
        };

        act.Should().Throw<InvalidOperationException>().WithMessage("RowMemory.MaximumBytes of 65,536 is too little for * rows and more: labels, weights and which rows are trained on, which stay in memory, take 12 bytes of each, and 16 while rows are set aside. Expected at least * for these, and 16 for each row behind them: raise it, or give fewer rows.");
        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    [TestMethod]
    public void Fill_AnIncompleteReading_LeavesNothing()
    {
        using var folder = new TestFolder();
        using (var store = new FeatureStore(Width, null, new() { MaximumBytes = 1 << 16, Folder = folder.FullName }, s_costs, null))
        {
            Fill(store, 2000);
            Directory.GetFiles(folder.FullName).Should().ContainSingle();
        }

        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    [TestMethod]
    public void New_WithFilesOfTheDead_RemovesThemAndTells()
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder.File("mlextensions-1.rows"), new byte[1234]);
        var log = new List<string>();

        using var store = new FeatureStore(Width, 10, new() { Folder = folder.FullName }, s_costs, log.Add);

        Directory.GetFiles(folder.FullName).Should().BeEmpty();
        log.Should().ContainSingle().Which.Should().Be($"removed 1 file of rows, 1,234 bytes, from '{folder.FullName}': whoever wrote them ended before the training did.");
    }

    [TestMethod]
    public void New_AFolderThatCannotBeMade_SaysSo()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("file"), "");

        var act = () => new FeatureStore(Width, 100_000, new() { MaximumBytes = 1 << 22, Folder = folder.File("file") }, s_costs, null);

        act.Should().Throw<IOException>().WithMessage($"No file for rows can be made in folder '{folder.File("file")}': *Name a folder that can be written to in RowMemory.Folder, or in RowMemory.KeepAs.");
    }

    private static float[] Fill(FeatureStore store, int rows)
    {
        float[] values = [.. Enumerable.Range(0, rows * Width).Select(value => (float)value)];
        for (int first = 0; first < rows;)
        {
            var room = store.Room(Math.Min(256, rows - first));
            values.AsSpan(first * Width, room.Length).CopyTo(room);
            store.Advance(room.Length / Width);
            first += room.Length / Width;
        }
        return values;
    }
}
