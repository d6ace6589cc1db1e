using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.RowFiles;

/// <summary>A disk that has no room for the rows: a file system of one MiB in memory.</summary>
[TestClass]
public sealed class FullDiskTests
{
    [TestMethod]
    [DataRow(true, false, 2_000_000)]
    [DataRow(false, false, 2_000_000)]
    [DataRow(true, true, 2_000_000)]
    [DataRow(false, true, 2_000_000)]
    // All rows fit into memory.
    [DataRow(true, true, 20_000_000)]
    public void Fit_OnAFullDisk_SaysWhatToDoAndLeavesNothing(bool isCountKnown, bool isKept, int maximumBytes)
    {
        using var folder = new TestFolder();
        if (Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.FullName) is { } failure)
            Assert.Inconclusive($"No file system could be mounted, which takes the rights of an administrator: {failure}");
        try
        {
            var ml = new MLContext(seed: 1);
            var rows = Enumerable.Range(0, 60_000).Select(row => new Wide { Features = [.. Enumerable.Range(0, 10).Select(slot => (float)(row % (slot + 2)))], Label = row % 7 });
            var data = isCountKnown ? ml.Data.LoadFromEnumerable(rows.ToArray()) : ml.Data.LoadFromEnumerable(rows);
            var trainer = ml.Regression.Trainers.DeepMlp(Trainer.Quick with { RowMemory = isKept ? new() { MaximumBytes = maximumBytes, KeepAs = folder.File("kept.rows") } : new() { MaximumBytes = maximumBytes, Folder = folder.FullName } });

            Action fit = () => trainer.Fit(data);

            fit.Should().Throw<IOException>().WithMessage(isCountKnown
                ? $"The rows that do not fit into RowMemory.MaximumBytes, or are to be kept, take 2,400,000 bytes on disk, and folder '{folder.FullName}' has * left. Free some space, name a folder on a larger disk in RowMemory.Folder (or a file there in KeepAs), or raise RowMemory.MaximumBytes, *"
                : $"Rows that do not fit into RowMemory.MaximumBytes, or are to be kept, could not be written to folder '{folder.FullName}', which has * bytes left, after * bytes, which are removed again: *Free some space, name a folder on a larger disk in RowMemory.Folder *");
            Directory.GetFiles(folder.FullName).Should().BeEmpty();
        }
        finally
        {
            // Lazily: a process that is being started by another test has all files open for a moment.
            Run("umount", "-l", folder.FullName);
        }
    }

    // Null where it went well.
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : errors.Trim();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return exception.Message;
        }
    }

    private sealed class Wide
    {
        [VectorType(10)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
