using MLExtensions.Networks.Training;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class BestEpochTrackerTests
{
    [TestMethod]
    public void Note_ValidationLossFalls_IsBestEachTime()
    {
        var tracker = Track(new(), [3, 2, 1], out bool[] best, out int[] copies);

        best.Should().Equal(true, true, true);
        tracker.BestEpoch.Should().Be(3);
        copies.Should().Equal(1, 2, 3);
    }

    [TestMethod]
    public void Note_EqualValues_KeepsTheFirstEpoch()
    {
        var tracker = Track(new(), [2, 1, 1, 1], out bool[] best, out int[] copies);

        best.Should().Equal(true, true, false, false);
        tracker.BestEpoch.Should().Be(2);
        tracker.BestWeights.Values.Should().OnlyContain(weight => weight == 2);
        copies.Should().Equal(1, 2);
    }

    [TestMethod]
    public void Note_EqualValuesAndPreferLast_KeepsTheLastEpochAndPatience()
    {
        var tracker = Track(new() { PreferLast = true, Patience = 2 }, [2, 1, 1, 1.5, 1], out bool[] best, out int[] copies);

        best.Should().Equal(true, true, true, false, true);
        tracker.BestEpoch.Should().Be(5);
        copies.Should().Equal(1, 2, 3, 5);
        tracker.OutOfPatience.Should().BeTrue();
    }

    [TestMethod]
    public void Note_ImprovementOfTheMinimumOrLess_IsBestAllTheSame()
    {
        var tracker = Track(new() { MinimumImprovement = 0.5 }, [2, 1.5, 1.75, 1.25, 0.75, 0.5], out bool[] best, out int[] copies);

        best.Should().Equal(true, true, false, true, true, true);
        tracker.BestEpoch.Should().Be(6);
        copies.Should().Equal(1, 2, 4, 5, 6);
    }

    [TestMethod]
    public void OutOfPatience_SmallImprovements_CountFromTheLastThatWasLargeEnough()
    {
        var tracker = new BestEpochTracker(new() { Patience = 3, MinimumImprovement = 0.5 }, false, Weights());
        var states = new List<bool>();

        foreach (var (index, loss) in new double[] { 2, 1.75, 1.5, 1.25, 1.125, 1, 0.9 }.Index())
        {
            tracker.Note(Report(index + 1, 0, loss, 0), _ => { });
            states.Add(tracker.OutOfPatience);
        }

        states.Should().Equal(false, false, false, false, false, false, true);
        tracker.BestEpoch.Should().Be(7);
    }

    [TestMethod]
    public void Note_ValidationMetricThatIsBetterHigher_TakesTheHighest()
    {
        var tracker = Track(new() { Monitor = MonitoredValue.ValidationMetric }, [0.5, 0.7, 0.6], out bool[] best, out _, higherIsBetter: true);

        best.Should().Equal(true, true, false);
        tracker.BestEpoch.Should().Be(2);
    }

    [TestMethod]
    public void Note_ValidationMetricThatIsBetterLower_TakesTheLowest()
    {
        var tracker = Track(new() { Monitor = MonitoredValue.ValidationMetric }, [0.5, 0.7, 0.4], out bool[] best, out _);

        best.Should().Equal(true, false, true);
        tracker.BestEpoch.Should().Be(3);
    }

    [TestMethod]
    [DataRow(MonitoredValue.TrainingLoss, 4, 6, 4, true)]
    [DataRow(MonitoredValue.TrainingLoss, 6, 4, 6, false)]
    [DataRow(MonitoredValue.ValidationLoss, 6, 4, 4, true)]
    [DataRow(MonitoredValue.ValidationLoss, 4, 6, 6, false)]
    [DataRow(MonitoredValue.ValidationMetric, 6, 6, 6, true)]
    [DataRow(MonitoredValue.ValidationMetric, 4, 4, 4, false)]
    public void Note_ValuesThatDisagree_GoesByTheMonitoredOne(MonitoredValue monitor, double trainingLoss, double validationLoss, double accuracy, bool expected)
    {
        var tracker = new BestEpochTracker(new() { Monitor = monitor }, higherMetricIsBetter: true, Weights());
        tracker.Note(Report(1, 5, 5, 5), _ => { });

        bool isBest = tracker.Note(Report(2, trainingLoss, validationLoss, accuracy), _ => { });

        isBest.Should().Be(expected);
    }

    [TestMethod]
    public void OutOfPatience_AsManyEpochsWithoutImprovement_IsTrue()
    {
        var tracker = new BestEpochTracker(new() { Patience = 2 }, false, Weights());
        var states = new List<bool>();

        foreach (var (index, loss) in new double[] { 3, 4, 2, 2, 5 }.Index())
        {
            tracker.Note(Report(index + 1, 0, loss, 0), _ => { });
            states.Add(tracker.OutOfPatience);
        }

        states.Should().Equal(false, false, false, false, true);
    }

    [TestMethod]
    public void Note_WithoutOptions_TakesEachEpochAndNeverStops()
    {
        var tracker = Track(null, [1, 2, 3], out bool[] best, out int[] copies);

        best.Should().Equal(true, true, true);
        tracker.BestEpoch.Should().Be(3);
        tracker.OutOfPatience.Should().BeFalse();
        tracker.RestoresBest.Should().BeFalse();
        copies.Should().BeEmpty("the last weights need no copy of each epoch");
    }

    [TestMethod]
    public void Note_WithoutRestoring_CopiesNoWeights()
    {
        var tracker = Track(new() { RestoreBest = false }, [2, 1, 3], out _, out int[] copies);

        tracker.BestEpoch.Should().Be(2);
        tracker.RestoresBest.Should().BeFalse();
        copies.Should().BeEmpty();
    }

    [TestMethod]
    public void BestWeights_BeforeAnyEpoch_AreACopyOfTheInitialOnes()
    {
        var initial = Weights();
        initial.Values.AsSpan().Fill(7);
        var tracker = new BestEpochTracker(new(), false, initial);

        initial.Values.AsSpan().Fill(8);

        tracker.BestEpoch.Should().Be(0);
        tracker.BestWeights.Values.Should().OnlyContain(weight => weight == 7);
    }

    /// <summary>Notes one epoch per value; each value is the validation loss and the metric, and the weights are the epoch's number.</summary>
    private static BestEpochTracker Track(EarlyStoppingOptions? options, double[] values, out bool[] best, out int[] copies, bool higherIsBetter = false)
    {
        var tracker = new BestEpochTracker(options, higherIsBetter, Weights());
        var copied = new List<int>();
        best = [.. values.Select((value, index) => tracker.Note(Report(index + 1, 0, value, value), weights =>
        {
            copied.Add(index + 1);
            weights.Values.AsSpan().Fill(index + 1);
        }))];
        copies = [.. copied];
        return tracker;
    }

    private static NetworkWeights Weights() => new(new ParameterLayout(new NetworkDescription(2, 1, [new LinearLayer(2, 1)])));

    private static EpochReport Report(int epoch, double trainingLoss, double validationLoss, double metric) =>
        new(epoch, trainingLoss, validationLoss, metric, 0.001f, 0, false);
}
