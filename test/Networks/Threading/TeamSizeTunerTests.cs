using System.Diagnostics;
using MLExtensions.Networks.Threading;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class TeamSizeTunerTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 2)]
    [DataRow(8, 4)]
    [DataRow(6, 6)]
    public void Members_OneSizeFastest_IsUsedMostOfTheTime(int teamSize, int fastest)
    {
        var tuner = new TeamSizeTuner(teamSize);

        double share = ShareOf(fastest, tuner, members => members == fastest ? 50 : 80);

        share.Should().BeGreaterThan(0.9);
        tuner.FastestMembers.Should().Be(fastest);
    }

    [TestMethod]
    public void Members_ConditionsChange_ChangesToo()
    {
        var tuner = new TeamSizeTuner(2);
        ShareOf(2, tuner, members => members == 2 ? 60 : 100).Should().BeGreaterThan(0.9);

        // Another program takes a processor: two members now wait for each other.
        double share = ShareOf(1, tuner, members => members == 2 ? 2000 : 120);

        share.Should().BeGreaterThan(0.8);
    }

    /// <summary>The share of time that a size gets in a simulated second of steps.</summary>
    private static double ShareOf(int size, TeamSizeTuner tuner, Func<int, int> microseconds)
    {
        long total = 0;
        long used = 0;
        while (total < 1_000_000)
        {
            int members = tuner.Members;
            int duration = microseconds(members);
            tuner.Report(32, duration * Stopwatch.Frequency / 1_000_000);
            total += duration;
            used += members == size ? duration : 0;
        }

        return (double)used / total;
    }
}
