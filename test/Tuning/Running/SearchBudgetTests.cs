using MLExtensions.Tuning.Running;

namespace MLExtensions.Tuning.Tests.Running;

[TestClass]
public sealed class SearchBudgetTests
{
    [TestMethod]
    public void IsOver_WithALastTrainingToCome_LeavesTimeForIt()
    {
        var clock = new Clock();
        var budget = new SearchBudget(TimeSpan.FromSeconds(100), clock, lastTrainings: 2);

        budget.Note(loss: 1, secondsOfFold: 10);
        budget.Note(loss: 2, secondsOfFold: 30);
        clock.Seconds = 79;
        budget.IsOver.Should().BeFalse();
        clock.Seconds = 81;
        budget.IsOver.Should().BeTrue("two trainings of 10 s are yet to come, those of the best");
    }

    [TestMethod]
    public void IsOver_WithASlowBestTrial_KeepsNoMoreThanHalf()
    {
        var clock = new Clock();
        var budget = new SearchBudget(TimeSpan.FromSeconds(100), clock, lastTrainings: 2);

        budget.Note(loss: 1, secondsOfFold: 1000);
        clock.Seconds = 49;
        budget.IsOver.Should().BeFalse();
        clock.Seconds = 51;
        budget.IsOver.Should().BeTrue();
    }

    [TestMethod]
    public void IsOver_WithoutALimit_IsFalse() => new SearchBudget(null, new Clock { Seconds = 1e9 }, 2).IsOver.Should().BeFalse();

    [TestMethod]
    [DataRow(null, 8, 0L, 8)]
    [DataRow(null, 64, 0L, 8)]
    [DataRow(5, 2, 1L << 40, 5)]
    [DataRow(null, 8, 192L << 20, 4)]
    [DataRow(null, 8, 1L << 40, 1)]
    public void TrialsAtOnce_ByThreadsAndMemory_IsWhatFits(int? asked, int threads, long rowBytes, int expected)
    {
        TrialsAtOnce.Of(asked, threads, rowBytes, memory: 1L << 30, sharesThreads: true).Should().Be(expected);
        TrialsAtOnce.Of(asked, threads, rowBytes, memory: 1L << 30, sharesThreads: false).Should().Be(asked ?? 1);
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(1000 * Seconds);
    }
}
