using System.Diagnostics;
using System.Text.Json.Nodes;
using MLExtensions.TestSupport;

namespace MLExtensions.Distributed.Tests;

/// <summary>A search that mpiexec starts in several processes, which share its trials through a file.</summary>
[TestClass]
public sealed class RankedSearchTests
{
    private const int Trials = 24;

    [TestMethod]
    public void Run_ProcessIsKilled_CostsItsTrialAlone()
    {
        using var folder = new TestFolder();
        string store = folder.File("search.jsonl");
        using var program = RankedProgram.StartApart(3, "tune", store, $"{Trials}");
        program.WaitForLine("trial 4 ");

        Process.GetProcessById(program.Processes()[^1]).Kill();
        program.Wait().Code.Should().NotBe(0, "mpiexec tells of the one that was killed");

        string[] results = ResultsOf(program.Text.Split('\n'));
        results.Count(line => line.StartsWith("result 1 ", StringComparison.Ordinal)).Should().Be(2, "two have come to the end of the search");
        results.GroupBy(line => line.Split(' ')[1]).Should().AllSatisfy(ofTrial => ofTrial.Distinct().Should().ContainSingle("they tell the same of each trial"));
        EndedIn(store).Should().HaveCountGreaterThanOrEqualTo(Trials - 1).And.OnlyHaveUniqueItems();
        ResultsOf(OtherProcess.Run(OtherProcess.Program, "tune", store, $"{Trials}")).Should().HaveCount(Trials, "the trial of the one that was killed is tried again");
        EndedIn(store).Order().Should().Equal(Enumerable.Range(1, Trials));
    }

    private static string[] ResultsOf(string[] lines) => [.. lines.Where(line => line.StartsWith("result ", StringComparison.Ordinal))];

    private static int[] EndedIn(string store) =>
        [.. File.ReadLines(store).Skip(1).Select(line => JsonNode.Parse(line)!).Where(trial => (string)trial["state"]! != "Running").Select(trial => (int)trial["trial"]!)];
}
