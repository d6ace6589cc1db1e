using MLExtensions.Networks.Augmentation;

namespace MLExtensions.Networks.Tests;

/// <summary>What noise and mixing do to the indices of categories.</summary>
[TestClass]
[TestCategory("Engine")]
public sealed class CategoryAugmentationTests
{
    private static readonly RowLayout s_layout = RowLayout.Of([0, 5, 0, 0, 3]);

    [TestMethod]
    public void Fill_Layout_LeavesCategoriesAndNothingElse()
    {
        float[] noise = new float[40 * 5], plain = new float[40 * 5];

        new FeatureNoise(1, 5, 1, s_layout).Fill(3, noise);
        new FeatureNoise(1, 5, 1).Fill(3, plain);

        noise.Should().Equal(plain.Select((value, i) => i % 5 is 1 or 4 ? 0 : value));
    }

    [TestMethod]
    public void Draw_Mixup_TakesOneCategoryOrTheOtherAsOftenAsItsShare()
    {
        var mixer = new RowMixer(new MixupOptions { Alpha = 1 }, 5, 1, s_layout);
        var plain = new RowMixer(new MixupOptions { Alpha = 1 }, 5, 1);
        double difference = 0;

        for (int step = 0; step < 4000; step++)
        {
            mixer.Draw(step, 10).Should().BeTrue();
            plain.Draw(step, 10);
            (mixer.Share, mixer.Shift).Should().Be((plain.Share, plain.Shift));
            var keep = mixer.Keep.Span;
            (keep[0], keep[2], keep[3]).Should().Be((mixer.Share, mixer.Share, mixer.Share));
            ((keep[1] is 0 or 1) && (keep[4] is 0 or 1)).Should().BeTrue();
            difference += keep[1] + keep[4] - 2 * mixer.Share;
        }

        (difference / 8000).Should().BeApproximately(0, 0.02);
    }

    [TestMethod]
    public void Draw_CutMix_IsAsWithoutCategories()
    {
        var (mixer, plain) = (new RowMixer(new CutMixOptions(), 5, 1, s_layout), new RowMixer(new CutMixOptions(), 5, 1));

        for (int step = 0; step < 50; step++)
        {
            mixer.Draw(step, 10);
            plain.Draw(step, 10);
            mixer.Keep.Span.ToArray().Should().Equal(plain.Keep.Span.ToArray());
        }
    }

    /// <summary>A network that sees categories alone: noise must change nothing, and mixing gives indices that the layer knows.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Step_NetworkOfCategoriesAlone_SeesValidIndices(bool mixes)
    {
        var problem = new TestProblem(Loss.SquaredError, 60, 2, 1, [new OneHotLayer(RowLayout.Of([5, 60])), new LinearLayer(65, 1)]);
        Array.Fill(problem.Data.Targets, 1f);
        Array.Fill(problem.Start.Values, 0.5f);
        problem.Start["1.bias"].Clear();
        var settings = problem.Settings() with { InputNoise = 3, Mixing = mixes ? new MixupOptions() : null, MixTargets = true };
        using var session = problem.Open(settings);

        for (int step = 0; step < 5; step++)
            session.Step(problem.AllRows, new StepSettings(0)).Should().Be(0, "any two valid indices add up to 1");
    }

    [TestMethod]
    public void Step_NoiseOnOtherSlots_IsAdded()
    {
        var problem = new TestProblem(Loss.SquaredError, 60, 2, 1, [new OneHotLayer(RowLayout.Of([0, 3])), new LinearLayer(4, 1)]);
        using var noisy = problem.Open(problem.Settings() with { InputNoise = 1 });
        using var plain = problem.Open(problem.Settings());

        noisy.Step(problem.AllRows, 0.1f).Should().NotBe(plain.Step(problem.AllRows, 0.1f));
    }
}
