using MLExtensions.Networks.Augmentation;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class RowMixerTests
{
    private const int Draws = 20_000;

    [TestMethod]
    [DataRow(0.05)]
    [DataRow(0.2)]
    [DataRow(1.0)]
    [DataRow(4.0)]
    public void NextBeta_Alpha_HasTheMomentsOfTheDistribution(double alpha)
    {
        var random = new CounterRandom(123, 4);
        double[] values = new double[Draws];
        for (int i = 0; i < Draws; i++)
            values[i] = random.NextBeta(alpha);

        // Of Beta(α, α): variance v = 1 / (4 (2α + 1)); fourth central moment 3 v² (2α + 1) / (2α + 3).
        double variance = 1 / (4 * (2 * alpha + 1));
        double fourth = 3 * variance * variance * (2 * alpha + 1) / (2 * alpha + 3);
        values.Should().OnlyContain(value => value >= 0 && value <= 1);
        values.Average().Should().BeApproximately(0.5, 5 * Math.Sqrt(variance / Draws));
        values.Average(value => Math.Pow(value - 0.5, 2)).Should().BeApproximately(variance, 5 * Math.Sqrt((fourth - variance * variance) / Draws));
    }

    [TestMethod]
    public void NextBeta_TinyAlpha_IsAtOneOfTheEnds()
    {
        var random = new CounterRandom(123, 4);

        for (int i = 0; i < 100; i++)
            random.NextBeta(1e-5).Should().Match(value => value < 1e-6 || value > 1 - 1e-6);
    }

    [TestMethod]
    public void Draw_Mixup_KeepsTheShareOfEveryFeature()
    {
        var mixer = new RowMixer(new MixupOptions(), 5, seed: 1);

        for (int step = 0; step < 20; step++)
        {
            mixer.Draw(step, 8).Should().BeTrue();
            mixer.Keep.ToArray().Should().OnlyContain(keep => keep == mixer.Share);
        }
    }

    [TestMethod]
    public void Draw_CutMix_KeepsOrSwapsWholeFeaturesAndSharesByTheirNumber()
    {
        var mixer = new RowMixer(new CutMixOptions(), 40, seed: 1);
        var shares = new List<float>();

        for (int step = 0; step < 2_000; step++)
        {
            mixer.Draw(step, 8);
            mixer.Keep.ToArray().Should().OnlyContain(keep => keep == 0 || keep == 1);
            mixer.Share.Should().Be(mixer.Keep.ToArray().Sum() / 40);
            shares.Add(mixer.Share);
        }

        // λ is uniform, so each number of kept features from 0 to 40 is equally likely.
        shares.GroupBy(share => share).Should().HaveCount(41).And.OnlyContain(group => group.Count() < 100);
    }

    [TestMethod]
    public void Draw_Shift_IsAnyOtherRowOfTheBatch()
    {
        var mixer = new RowMixer(new MixupOptions(), 1, seed: 1);

        int[] shifts = [.. Enumerable.Range(0, 3_000).Select(step => mixer.Draw(step, 4) ? mixer.Shift : 0)];

        shifts.Distinct().Order().Should().Equal(1, 2, 3);
        shifts.GroupBy(shift => shift).Should().OnlyContain(group => group.Count() > 850);
    }

    [TestMethod]
    public void Draw_Probability_IsTheShareOfMixedSteps()
    {
        var mixer = new RowMixer(new MixupOptions { Probability = 0.3f }, 1, seed: 1);

        Enumerable.Range(0, 5_000).Count(step => mixer.Draw(step, 4)).Should().BeInRange(1_338, 1_662);
    }

    [TestMethod]
    public void Draw_OneRow_IsNotMixed() => new RowMixer(new MixupOptions(), 1, seed: 1).Draw(0, 1).Should().BeFalse();

    [TestMethod]
    public void Draw_SameSeedAndStep_IsTheSame()
    {
        var (first, second, other) = (new RowMixer(new CutMixOptions(), 30, 1), new RowMixer(new CutMixOptions(), 30, 1), new RowMixer(new CutMixOptions(), 30, 2));
        first.Draw(3, 9);
        second.Draw(2, 9);
        second.Draw(3, 9);
        other.Draw(3, 9);

        (second.Shift, second.Share).Should().Be((first.Shift, first.Share));
        second.Keep.ToArray().Should().Equal(first.Keep.ToArray());
        other.Keep.ToArray().Should().NotEqual(first.Keep.ToArray());
    }
}
