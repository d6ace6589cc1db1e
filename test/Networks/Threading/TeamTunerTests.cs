using System.Diagnostics;
using MLExtensions.Networks.Threading;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class TeamTunerTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 2)]
    [DataRow(8, 4)]
    [DataRow(6, 6)]
    public void Members_OneSizeFastest_IsUsedMostOfTheTime(int teamSize, int fastest)
    {
        var tuner = new TeamTuner(teamSize);

        double share = ShareOf(fastest, tuner, members => members == fastest ? 50 : 80);

        share.Should().BeGreaterThan(0.9);
        tuner.Fastest.Members.Should().Be(fastest);
    }

    [TestMethod]
    public void Members_ConditionsChange_ChangesToo()
    {
        var tuner = new TeamTuner(2);
        ShareOf(2, tuner, members => members == 2 ? 60 : 100).Should().BeGreaterThan(0.9);

        // Another program takes a processor: two members now wait for each other.
        double share = ShareOf(1, tuner, members => members == 2 ? 2000 : 120);

        share.Should().BeGreaterThan(0.8);
    }

    [TestMethod]
    [DataRow(30, 40, DisplayName = "a busy machine")]
    [DataRow(500, 700, DisplayName = "a busy machine, larger steps")]
    public void Members_TeamWaitsNowAndThen_IsNotTakenInByTrialsWithoutWaiting(int together, int alone)
    {
        var tuner = new TeamTuner(2);
        long now = 0;
        int Microseconds(int members)
        {
            // A neighbour has every other slice of 3 ms of one processor; a team that meets it waits until it is over.
            int duration = members == 2 ? together : alone;
            if (members == 2 && now / 3000 % 2 == 1)
                duration += (int)(3000 - now % 3000);
            now += duration;
            return duration;
        }

        // A second to notice, then one that counts.
        ShareOf(1, tuner, Microseconds);
        double share = ShareOf(1, tuner, Microseconds);

        share.Should().BeGreaterThan(0.9);
        tuner.Fastest.Members.Should().Be(1);
    }

    [TestMethod]
    [DataRow(190, DisplayName = "as long as three small steps")]
    [DataRow(600, DisplayName = "more than half of a trial")]
    public void Members_HelpersTakeLongToWake_IsNotHeldAgainstTheTeam(int waking)
    {
        var tuner = new TeamTuner(2);
        int last = 1;

        double share = ShareOf(2, tuner, members =>
        {
            int duration = members == 2 ? last == 2 ? 45 : waking : 50;
            last = members;
            return duration;
        });

        share.Should().BeGreaterThan(0.9);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Members_VeryFirstStepsCompile_AreTheFastestFromTheStart(int fastest)
    {
        var tuner = new TeamTuner(2);
        var begun = new HashSet<int>();

        double share = ShareOf(fastest, tuner, members => begun.Add(members) ? 30_000 : members == fastest ? 10 : 18);

        share.Should().BeGreaterThan(0.9);
    }

    [TestMethod]
    public void Members_LongSteps_AreTriedOnceEach()
    {
        var tuner = new TeamTuner(4);
        var tried = new List<int>();

        for (int i = 0; i < 5; i++)
        {
            tried.Add(tuner.Shape.Members);
            tuner.Report(tuner.Shape, 100_000, Stopwatch.Frequency / tuner.Shape.Members);
        }

        tried.Should().Equal(1, 2, 4, 4, 4);
    }

    [TestMethod]
    public void Members_NeighbourLeaves_ComesBackToTheTeamWithinASecond()
    {
        var tuner = new TeamTuner(2);
        ShareOf(1, tuner, members => members == 2 ? 2000 : 40).Should().BeGreaterThan(0.9);

        ShareOf(2, tuner, members => members == 2 ? 25 : 40);
        double share = ShareOf(2, tuner, members => members == 2 ? 25 : 40);

        share.Should().BeGreaterThan(0.9);
    }

    [TestMethod]
    public void Report_FewerMembersThanWanted_IsNotHeldAgainstTheTeam()
    {
        var tuner = new TeamTuner(2);
        ShareOf(2, tuner, members => members == 2 ? 45 : 60).Should().BeGreaterThan(0.9);

        // Another training has the other processor for a while, and then not: each step of one member is a little slower meanwhile.
        for (int i = 0; i < 10_000; i++)
            tuner.Report(new TeamShape(1, false), 32, (tuner.Shape.Members == 2 ? 70 : 60) * Stopwatch.Frequency / 1_000_000);

        tuner.Fastest.Members.Should().Be(2);
    }

    [TestMethod]
    [DataRow(1, false, 8, 7)]
    [DataRow(2, false, 8, 7)]
    [DataRow(4, true, 8, 7)]
    [DataRow(4, true, 4, 5)]
    public void Shape_UnitsCanBeShared_FindsTheFastestOfBoth(int members, bool sharesUnits, int teamSize, int shapes)
    {
        var tuner = new TeamTuner(teamSize, canShareUnits: true);
        var fastest = new TeamShape(members, sharesUnits);
        var tried = new HashSet<TeamShape>();
        int used = 0;

        for (int i = 0; i < 20_000; i++)
        {
            tried.Add(tuner.Shape);
            used += tuner.Shape == fastest ? 1 : 0;
            tuner.Report(tuner.Shape, 32, (tuner.Shape == fastest ? 40 : 60) * Stopwatch.Frequency / 1_000_000);
        }

        tuner.Fastest.Should().Be(fastest);
        (used / 20_000.0).Should().BeGreaterThan(0.85);
        tried.Should().HaveCount(shapes);
        tried.Should().NotContain(new TeamShape(1, true));
    }

    [TestMethod]
    public void Report_FewerMembersShareUnits_CountsForThese()
    {
        var tuner = new TeamTuner(4, canShareUnits: true);
        for (int i = 0; i < 20_000; i++)
            tuner.Report(tuner.Shape, 32, (tuner.Shape == new TeamShape(4, true) ? 40 : 60) * Stopwatch.Frequency / 1_000_000);

        // Only two members are free, and sharing units is what they do best.
        for (int i = 0; i < 20_000; i++)
        {
            var shape = new TeamShape(Math.Min(2, tuner.Shape.Members), tuner.Shape.SharesUnits);
            tuner.Report(shape, 32, (shape == new TeamShape(2, true) ? 30 : 90) * Stopwatch.Frequency / 1_000_000);
        }

        tuner.Fastest.Should().Be(new TeamShape(2, true));
    }

    [TestMethod]
    public void Report_RowsSharedInPlaceOfUnits_SaysNothingAboutUnits()
    {
        var tuner = new TeamTuner(2, canShareUnits: true);

        // As where the steps are those of an optimizer above the engine.
        for (int i = 0; i < 20_000; i++)
        {
            var shape = new TeamShape(tuner.Shape.Members, false);
            tuner.Report(shape, 32, (tuner.Shape.SharesUnits ? 20 : shape.Members == 2 ? 40 : 60) * Stopwatch.Frequency / 1_000_000);
        }

        tuner.Fastest.Should().Be(new TeamShape(2, false));
    }

    /// <summary>The share of time that a size gets in a simulated second of steps.</summary>
    private static double ShareOf(int size, TeamTuner tuner, Func<int, int> microseconds)
    {
        long total = 0;
        long used = 0;
        while (total < 1_000_000)
        {
            int members = tuner.Shape.Members;
            int duration = microseconds(members);
            tuner.Report(tuner.Shape, 32, duration * Stopwatch.Frequency / 1_000_000);
            total += duration;
            used += members == size ? duration : 0;
        }

        return (double)used / total;
    }
}
