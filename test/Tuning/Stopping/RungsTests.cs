using MLExtensions.Tuning.Stopping;

namespace MLExtensions.Tuning.Tests.Stopping;

[TestClass]
public sealed class RungsTests
{
    [TestMethod]
    public void At_Epochs_IsTheNumberOfTheRung()
    {
        var rungs = new Rungs(new AshaOptions { MinimumEpochs = 2, ReductionFactor = 4 });

        Enumerable.Range(1, 40).Where(epoch => rungs.At(epoch) is not null).Should().Equal(2, 8, 32);
        rungs.At(32).Should().Be(2);
    }

    [TestMethod]
    public void MayGoOn_OfNineTrials_IsTrueForTheBestThirdOfThoseThatHaveCome()
    {
        var rungs = new Rungs(new AshaOptions());
        double[] losses = [5, 6, 4, 4.5, 3, 9, 3.5, 2, 2.5];

        bool[] goOn = [.. losses.Select((loss, trial) => rungs.MayGoOn(trial, 0, loss))];

        // One of the first five, two of six and more: 3.5 is the second of seven, 2.5 the second of nine.
        goOn.Should().Equal(true, false, true, false, true, false, true, true, true);
    }

    [TestMethod]
    public void MayGoOn_WithoutALoss_IsFalse() => new Rungs(new AshaOptions()).MayGoOn(1, 0, double.NaN).Should().BeFalse();

    [TestMethod]
    public void MayGoOn_ItsFactor_DecidesHowManyGoOn()
    {
        int Survivors(int factor)
        {
            var rungs = new Rungs(new AshaOptions { ReductionFactor = factor });
            for (int trial = 0; trial < 60; trial++)
                rungs.MayGoOn(trial, 0, trial);
            return Enumerable.Range(0, 60).Count(trial => rungs.MayGoOn(trial, 0, trial));
        }

        Survivors(2).Should().Be(30);
        Survivors(3).Should().Be(20);
        Survivors(6).Should().Be(10);
    }

    [TestMethod]
    public void Enter_OfATrialThatEarlyStoppingEnded_StandsAtLaterRungsToo()
    {
        var rungs = new Rungs(new AshaOptions());

        rungs.Enter(1, new Dictionary<int, double> { [3] = 0.5 }, cameToItsEnd: true, last: 0.4);

        rungs.MayGoOn(2, 1, 0.45).Should().BeFalse("the other had reached 0.4 before as many epochs");
        rungs.MayGoOn(3, 1, 0.3).Should().BeTrue();
    }

    [TestMethod]
    public void Enter_OfATrialThatWasStopped_DoesNotStandAtLaterRungs()
    {
        var rungs = new Rungs(new AshaOptions());

        rungs.Enter(1, new Dictionary<int, double> { [3] = 0.5, [9] = 0.45, [10] = 0.1 }, cameToItsEnd: false, last: 0.45);

        rungs.MayGoOn(2, 1, 0.5).Should().BeFalse();
        rungs.MayGoOn(2, 2, 0.6).Should().BeTrue();
    }
}
