using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLExtensions.TestSupport;

namespace MLExtensions.Trainers.Tests.RowFiles;

/// <summary>What a process with rows in a file leaves behind, and how much memory it takes.</summary>
[TestClass]
public sealed class KilledSpillTests
{
    [TestMethod]
    public void Fit_AfterAKill_RemovesTheFileThatWasLeft()
    {
        using var folder = new TestFolder();
        using var process = Start(folder);
        process.StandardOutput.ReadLine().Should().Be("epoch 1");
        Directory.GetFiles(folder.FullName).Should().ContainSingle();

        Fit(folder).Should().NotContain(message => message.Contains("removed"), "the other process lives");
        Directory.GetFiles(folder.FullName).Should().ContainSingle();
        process.Kill();
        process.WaitForExit();
        Directory.GetFiles(folder.FullName).Should().ContainSingle("nobody was there to remove it");
        var log = Fit(folder);

        log.Should().Contain(message => message.Contains("removed 1 file of rows, ") && message.Contains(folder.FullName));
        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    [TestMethod]
    public void Fit_WhateverTheRows_TakesTheMemoryThatItMay()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("Only Linux tells the most memory that a process had.");
        using var folder = new TestFolder();
        const int MaximumBytes = 12_000_000;

        // So many rows that quantiles are of a full sample.
        long few = PeakOf(folder, rows: 70_000, MaximumBytes);
        long many = PeakOf(folder, rows: 500_000, MaximumBytes);
        long all = PeakOf(folder, rows: 500_000, 1_000_000_000);

        // The rows are 40 MB, and their labels and order 8 MB.
        (many - few).Should().BeLessThan(MaximumBytes);
        (all - few).Should().BeGreaterThan(3 * MaximumBytes, "else the test proves nothing");
    }

    private static long PeakOf(TestFolder folder, int rows, long maximumBytes) =>
        1024 * long.Parse(OtherProcess.Run(OtherProcess.Program, "spill", folder.FullName, Text(rows), Text(maximumBytes), "2").Single(line => line.StartsWith("peak: "))[6..], CultureInfo.InvariantCulture);

    private static Process Start(TestFolder folder)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return Process.Start(new ProcessStartInfo(dotnet, ["exec", OtherProcess.Program, "spill", folder.FullName, "20000", "500000", "1000000"]) { RedirectStandardOutput = true })!;
    }

    private static List<string> Fit(TestFolder folder)
    {
        var ml = new MLContext(seed: 1);
        var log = new List<string>();
        ml.Log += (_, entry) => log.Add(entry.RawMessage);
        Trainer.Fit(LearningTask.Regression, ml, Trainer.QuickFor(LearningTask.Regression) with { RowMemory = new() { Folder = folder.FullName } }, Examples.Load(ml));
        return log;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
