using System.Diagnostics;
using System.Globalization;
using MLExtensions.TestSupport;

namespace MLExtensions.Distributed.Tests;

/// <summary>Three hosts with a slow network that loses frames: they train as one, and none outlives a cut.</summary>
[TestClass]
public sealed class SeveralHostsTests
{
    private static readonly TestFolder s_folder = new();
    private static readonly string s_data = RankedRows.Write(s_folder);

    [ClassCleanup]
    public static void CleanUp() => s_folder.Dispose();

    [TestMethod]
    public void Run_ThreeHosts_GiveTheModelOfThreeRanksOnOne()
    {
        using var program = RankedProgram.StartOnHosts(3, "ranks", s_data, "3", "seed=7");

        string[] onHosts = program.Finish();
        string[] onOne = RankedProgram.Run(3, "ranks", s_data, "3", "seed=7");

        onHosts.Should().HaveCount(3);
        onHosts.Select(RankedResult.WeightsOf).Distinct().Should().Equal(onOne.Select(RankedResult.WeightsOf).Distinct());
        // Two epochs of 5 steps, which wait for at least ten frames of 2 ms: whoever is faster has not used the network.
        onHosts.Select(RankedResult.SecondsOf).Should().AllSatisfy(seconds => seconds.Should().BeGreaterThan(0.1));
        int[] frames = [.. program.Text.Split('\n').Single(line => line.StartsWith("wire: ", StringComparison.Ordinal)).Split(' ').Where(word => int.TryParse(word, out _)).Select(int.Parse)];
        frames[1].Should().BeInRange(1, frames[0] / 10, "of {0} frames", frames[0]);
    }

    // Host 1 has mpiexec.
    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Run_HostIsCutOff_EndsWithinPatienceAndGoesOnWithTheOthers(int host)
    {
        using var folder = new TestFolder();
        string kept = $"folder={folder.File("run")}";
        using var program = RankedProgram.StartOnHosts(3, "ranks", s_data, "500", kept, "patience=4");
        program.WaitForLine("epoch 3 ");
        var clock = Stopwatch.StartNew();

        program.Cut(host);
        var (code, errors) = program.Wait();

        // What is promised for the default of 25 s is 30 s.
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(4 + 5));
        code.Should().NotBe(0);
        errors.Should().Match("*rank * of 3 on host*: has waited 4 s for the other ranks: one of them died or hangs, or the network is cut. All ranks end. Training goes on from its last checkpoint*");
        program.Results.Should().BeEmpty();
        ProcessesOnData().Should().BeEmpty();
        using var resumed = RankedProgram.Start(2, "ranks", s_data, "500", kept);
        int epoch = int.Parse(resumed.WaitForLine("epoch ").Split(' ')[1], CultureInfo.InvariantCulture);
        epoch.Should().BeGreaterThan(3, "three hosts have kept three");
    }

    [TestMethod]
    public void Kill_OfWhatStartedTheHosts_LeavesNothing()
    {
        using var program = RankedProgram.StartOnHosts(2, "ranks", s_data, "100000");
        program.WaitForLine("epoch 1 ");
        ProcessesOnData().Should().NotBeEmpty();

        program.Kill();

        SpinWait.SpinUntil(() => ProcessesOnData().Length == 0, TimeSpan.FromSeconds(5)).Should().BeTrue("{0}", string.Join('\n', ProcessesOnData()));
    }

    // The command lines of the processes that were told of the rows, mpiexec and its proxies among them.
    private static string[] ProcessesOnData() => [.. Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Select(CommandOf)
        .Where(command => command.Contains(s_data, StringComparison.Ordinal))];

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
