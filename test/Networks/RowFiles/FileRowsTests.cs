using MLExtensions.Networks.RowFiles;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests.RowFiles;

/// <summary>Rows in a file are those that were written, or refused.</summary>
[TestClass]
public sealed class FileRowsTests
{
    [TestMethod]
    [DataRow(1, 1, 0)]
    [DataRow(100, 3, 3)]
    [DataRow(64, 5, 4)]
    public void Gather_AnyRows_GivesWhatWasWritten(int rows, int width, int shift)
    {
        using var folder = new TestFolder();
        var (memory, file) = RowFileCases.Both(folder, rows, width, shift, 1000);
        using (file)
        {
            int[] some = [rows - 1, 0, rows / 2, rows / 3, rows / 2, rows - 1];

            file.Gather(some).Should().Equal(memory.Gather(some));
            file.Count.Should().Be(rows);
            file.Width.Should().Be(width);
        }
    }

    [TestMethod]
    public void Gather_FromManyThreads_GivesWhatWasWritten()
    {
        using var folder = new TestFolder();
        var (memory, file) = RowFileCases.Both(folder, 1000, 7, 4, 1000);
        using var owned = file;

        Parallel.For(0, 200, i =>
        {
            int[] some = [.. Enumerable.Range(0, 30).Select(j => (i * 131 + j * 37) % 1000)];
            file.Gather(some).Should().Equal(memory.Gather(some));
        });
    }

    [TestMethod]
    public void Gather_ADamagedBlock_NamesFileAndOffset()
    {
        using var folder = new TestFolder();
        var (memory, file) = RowFileCases.Both(folder, 100, 3, 3, 1000);
        using var owned = file;
        string path = Directory.GetFiles(folder.FullName).Single();
        Overwrite(path, at: 5 * 8 * 3 * 4 + 17);

        var act = () => file.Gather(45);

        act.Should().Throw<InvalidDataException>().WithMessage($"Block 5 of '{path}', at offset 480, has checksum * where * was written: *Check the disk*RowMemory.Folder*");
        file.Gather(3).Should().Equal(memory.Gather(3), "other blocks are whole");
    }

    [TestMethod]
    public void Gather_FromAFileThatWasCut_NamesFileAndOffset()
    {
        using var folder = new TestFolder();
        var (_, file) = RowFileCases.Both(folder, 100, 3, 3, 1000);
        using var owned = file;
        Cut(Directory.GetFiles(folder.FullName).Single(), length: 500);

        var act = () => file.Gather(45);

        act.Should().Throw<InvalidDataException>().WithMessage("Block 5 of '*', at offset 480, ends after 20 of its 96 bytes*");
    }

    [TestMethod]
    public void Dispose_DeletesTheFile()
    {
        using var folder = new TestFolder();
        var (_, file) = RowFileCases.Both(folder, 10, 1, 1, 1000);
        Directory.GetFiles(folder.FullName).Should().ContainSingle();

        file.Dispose();

        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    [TestMethod]
    public void RemoveStale_FilesOfTheLivingAndTheDead_RemovesThoseOfTheDead()
    {
        using var folder = new TestFolder();
        var (memory, file) = RowFileCases.Both(folder, 10, 1, 1, 1000);
        using var owned = file;
        File.WriteAllBytes(folder.File("mlextensions-of-a-process-that-was-killed.rows"), new byte[77]);
        File.WriteAllText(folder.File("somebody-else.rows"), "");

        RowFileFolder.RemoveStale(folder.FullName).Should().Be((1, 77));

        Directory.GetFiles(folder.FullName).Should().HaveCount(2).And.Contain(folder.File("somebody-else.rows"));
        file.Gather(7).Should().Equal(memory.Gather(7));
    }

    // As another program does that knows no locks.
    private static void Overwrite(string path, int at)
    {
        Unlocked(path, bytes =>
        {
            bytes[at] ^= 4;
            return bytes;
        });
    }

    private static void Cut(string path, int length) => Unlocked(path, bytes => bytes[..length]);

    private static void Unlocked(string path, Func<byte[], byte[]> change)
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Windows lets nobody open the file.");
        string copy = path + ".copy";
        Shell($"cp '{path}' '{copy}'");
        File.WriteAllBytes(copy, change(File.ReadAllBytes(copy)));
        Shell($"cat '{copy}' > '{path}'");
        File.Delete(copy);
    }

    private static void Shell(string command)
    {
        using var process = System.Diagnostics.Process.Start("/bin/sh", ["-c", command]);
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }
}
