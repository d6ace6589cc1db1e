using System.Diagnostics;
using System.Globalization;
using MLExtensions.TestSupport;
using static System.FormattableString;

namespace MLExtensions.Distributed.Tests;

/// <summary>Processes that mpiexec starts train one network, and none is left waiting for another that is gone.</summary>
[TestClass]
public sealed class RankedProgramTests
{
    private static readonly TestFolder s_folder = new();
    private static readonly string s_data = RankedRows.Write(s_folder);

    [ClassCleanup]
    public static void CleanUp() => s_folder.Dispose();

    [TestMethod]
    [DataRow(2)]
    [DataRow(4)]
    public void Run_SeveralRanks_GiveOneModelTheSameEachTime(int ranks)
    {
        double alone = RankedResult.LossOf(RankedProgram.Run(1, "ranks", s_data, "3", "seed=7")[0]);

        string[] first = RankedProgram.Run(ranks, "ranks", s_data, "3", "seed=7");
        string[] second = RankedProgram.Run(ranks, "ranks", s_data, "3", "seed=7");

        first.Should().HaveCount(ranks);
        first.Select(RankedResult.WeightsOf).Distinct().Should().ContainSingle("all ranks have one model");
        second.Select(RankedResult.WeightsOf).Distinct().Should().Equal(first.Select(RankedResult.WeightsOf).Distinct(), "the order of sums is fixed");
        RankedResult.LossOf(first[0]).Should().BeApproximately(alone, 1e-3 * alone);
    }

    [TestMethod]
    public void Run_RankIsKilled_EndsWithinSecondsAndGoesOnWithAnotherNumberOfRanks()
    {
        using var folder = new TestFolder();
        string kept = $"folder={folder.File("run")}";
        using var program = RankedProgram.Start(2, "ranks", s_data, "500", kept);
        program.WaitForLine("epoch 5 ");
        var clock = Stopwatch.StartNew();

        Process.GetProcessById(program.Processes()[^1]).Kill();
        int code = program.Wait().Code;

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30));
        code.Should().NotBe(0);
        program.Text.Should().Contain("BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES");
        program.Results.Should().BeEmpty();
        using var resumed = RankedProgram.Start(3, "ranks", s_data, "500", kept);
        int epoch = int.Parse(resumed.WaitForLine("epoch ").Split(' ')[1], CultureInfo.InvariantCulture);
        epoch.Should().BeGreaterThan(5, "the first ranks have kept five");
    }

    [TestMethod]
    public void Run_RankHangs_EndsAllWithTheReason()
    {
        using var program = RankedProgram.Start(2, "ranks", s_data, "100000", "patience=2");
        string line = program.WaitForLine("epoch 3 ");
        int other = program.Processes().Single(id => !line.EndsWith(Invariant($"process {id}"), StringComparison.Ordinal));

        using (Process.Start("kill", ["-STOP", other.ToString(CultureInfo.InvariantCulture)]))
        {
            var (code, errors) = program.Wait();

            code.Should().NotBe(0);
            errors.Should().Match("*rank 0 of 2 on *: has waited 2 s for the other ranks: one of them died or hangs, or the network is cut. All ranks end. Training goes on from its last checkpoint*");
        }
    }

    [TestMethod]
    public void Run_RankThatNeverTrains_IsWaitedForAndToldOf()
    {
        using var program = RankedProgram.Start(2, "ranks", s_data, "3", "patience=2", "absent=1");

        program.WaitForError("rank 0 of 2 on *: has waited 2 s for the other ranks to begin the training, and waits on: *Each rank must call Fit as often as this one*");

        program.Results.Should().BeEmpty();
    }

    [TestMethod]
    [DataRow("rate-of=1", "*Rank 1 differs from rank 0: option Optimizer: *")]
    [DataRow("rows-of=1", "*Rank 1 differs from rank 0: number of rows: 400 on rank 0, 100 on rank 1*")]
    [DataRow("fail-in=1", "*made to fail*")]
    public void Run_RankThatDiffersOrFails_EndsAllWithTheReason(string change, string message)
    {
        using var program = RankedProgram.Start(2, "ranks", s_data, "100000", change);

        var (code, errors) = program.Wait();

        code.Should().NotBe(0);
        errors.Should().Match(message);
        program.Results.Should().BeEmpty();
    }
}
