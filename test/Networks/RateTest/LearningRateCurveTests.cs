namespace MLExtensions.Networks.Tests.RateTest;

[TestClass]
public sealed class LearningRateCurveTests
{
    // 20 steps for a factor of 10 of the rate.
    private static readonly float[] s_rates = [.. Enumerable.Range(0, 100).Select(i => (float)Math.Pow(10, i / 20.0 - 5))];

    [TestMethod]
    public void Of_FallAndRise_TellsTheirPlaces()
    {
        // Falls around 1e-3, is least at 1e-2.
        double[] losses = [.. s_rates.Select((_, i) => i < 60 ? 1 - 0.5 / (1 + Math.Exp((40 - i) / 4.0)) : 0.5 + (i - 60) * (i - 60) / 400.0)];

        var curve = LearningRateCurve.Of(s_rates, losses, diverged: true);

        curve.Least!.Value.Should().BeInRange(7e-3f, 1.3e-2f);
        curve.Suggestion.Should().Be(curve.Least / 10);
        curve.Steepest!.Value.Should().BeInRange(7e-4f, 1.4e-3f);
        curve.SmoothedLosses.Should().HaveCount(100);
    }

    [TestMethod]
    public void Of_NoiseAlone_SuggestsNothing()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);

            LearningRateCurve.Of(s_rates, [.. s_rates.Select(_ => 1 + random.NextDouble())], diverged: false).Suggestion.Should().BeNull($"seed {seed} is noise");
        }
    }

    [TestMethod]
    public void Of_FallBelowNoise_IsSeen()
    {
        var random = new Random(1);

        LearningRateCurve.Of(s_rates, [.. s_rates.Select((_, i) => (i is > 40 and < 90 ? 0 : 1) + random.NextDouble())], diverged: false).Suggestion.Should().NotBeNull();
    }

    [TestMethod]
    public void ToString_Curve_IsAShortTable()
    {
        string text = LearningRateCurve.Of(s_rates, [.. s_rates.Select((_, i) => i < 60 ? 1 - i / 100.0 : 1)], diverged: true).ToString();

        text.Should().StartWith("learning rate    loss").And.Contain("Suggestion: 0.000").And.EndWith(", and left at 0.89.");
        text.Split('\n').Should().HaveCountLessThan(16);
    }

    [TestMethod]
    public void ToString_NoFall_SaysSo() =>
        LearningRateCurve.Of(s_rates, [.. s_rates.Select(_ => 1.0)], diverged: false).ToString().Should().EndWith("No suggestion: the loss did not fall by more than its noise at any rate.");

    [TestMethod]
    public void ToCsv_Curve_HasALineForEachStep()
    {
        using var writer = new StringWriter();

        LearningRateCurve.Of([0.001f, 0.01f], [1.5, 1], diverged: false).ToCsv(writer);

        string[] lines = writer.ToString().Split(Environment.NewLine);
        lines[0].Should().Be("step,learning_rate,loss,smoothed_loss");
        lines[1].Should().StartWith("1,0.001,1.5,1.3");
        lines[2].Should().StartWith("2,0.01,1,1.1");
    }
}
