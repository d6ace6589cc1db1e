using System.Diagnostics;
using System.Text.Json.Nodes;
using MLExtensions.TestSupport;

namespace MLExtensions.Tuning.Tests.Storage;

/// <summary>Searches of other processes: killed at any moment and gone on with, and two at once.</summary>
[TestClass]
public sealed class InterruptedSearchTests
{
    private const int Trials = 24;

    [TestMethod]
    public void Run_KilledAtRandomMoments_EndsAsIfNeverKilled()
    {
        using var folder = new TestFolder();
        string store = folder.File("search.jsonl");
        string[] whole = ResultOf(OtherProcess.Run(OtherProcess.Program, "tune", folder.File("whole.jsonl"), $"{Trials}"));
        var random = new Random(3);

        int kills = 0;
        for (int done = 0; done < Trials - 6; kills++)
        {
            using var process = Start(store);
            int lines = random.Next(1, 5);
            while (lines-- > 0 && process.StandardOutput.ReadLine() is not null)
            {
            }
            Thread.Sleep(random.Next(120));
            process.Kill();
            process.WaitForExit();
            int before = done;
            done = File.ReadLines(store).Count(line => line.Contains("\"score\""));
            done.Should().BeGreaterThan(before, "each trial that was told of is in the file");
        }
        string[] gone = ResultOf(OtherProcess.Run(OtherProcess.Program, "tune", store, $"{Trials}"));

        kills.Should().BeGreaterThan(2);
        gone.Should().Equal(whole);
    }

    [TestMethod]
    public void Run_TwoProcessesAtOnce_ShareTheTrials()
    {
        using var folder = new TestFolder();
        string store = folder.File("search.jsonl");
        using Process one = Start(store), other = Start(store);
        foreach (var process in new[] { one, other })
        {
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.Should().Be(0);
        }

        var trials = File.ReadLines(store).Skip(1).Select(line => JsonNode.Parse(line)!).ToList();
        var ended = trials.Where(trial => (string)trial["state"]! != "Running").ToList();
        ended.Select(trial => (int)trial["trial"]!).Order().Should().Equal(Enumerable.Range(1, Trials));
        ended.Select(trial => (string)trial["worker"]!).Distinct().Should().HaveCount(2);
        trials.Count.Should().Be(2 * Trials, "each is begun and ended once");
        Directory.GetFiles(folder.FullName).Should().ContainSingle("workers that end well leave nothing behind");
    }

    private static string[] ResultOf(string[] lines) => [.. lines.Where(line => line.StartsWith("result ", StringComparison.Ordinal))];

    private static Process Start(string store) => Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", OtherProcess.Program, "tune", store, $"{Trials}"]) { RedirectStandardOutput = true })!;
}
