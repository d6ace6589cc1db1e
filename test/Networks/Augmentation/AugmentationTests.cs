using MLExtensions.Networks.Augmentation;
using MLExtensions.Networks.Losses;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests;

/// <summary>
/// Steps on rows that the session mixes and adds noise to, against steps of a session without either on data that was so changed here.
/// </summary>
[TestClass]
[TestCategory("Engine")]
public sealed class AugmentationTests
{
    private const int Steps = 4;

    public static IEnumerable<object[]> Combinations =>
        from loss in LossCases.All
        from mixing in new RowMixingOptions?[] { new MixupOptions { Alpha = 1 }, new CutMixOptions(), new CutMixOptions { Probability = 0.5f }, null }
        from weighted in new[] { false, true }
        select new object[] { loss, mixing?.ToString() ?? "none", mixing!, weighted };

    [TestMethod]
    [DynamicData(nameof(Combinations))]
    public void Step_MixedNoisyRows_AreThoseOfTheMixer(string loss, string name, object? mixing, bool weighted)
    {
        var problem = Problem(loss, weighted);
        var settings = problem.Settings() with { InputNoise = 0.2f, Mixing = (RowMixingOptions?)mixing, MixTargets = LossCases.Of(loss) is not (CrossEntropyLoss or FocalLoss or WeightedLabelsLoss) };
        using var session = problem.Open(settings);
        var mixer = mixing is RowMixingOptions options ? new RowMixer(options, problem.Data.FeatureCount, settings.Seed) : null;

        var expected = problem.Start.Clone();
        var actual = problem.Start.Clone();
        for (int step = 0; step < Steps; step++)
        {
            var changed = Change(problem.Data, settings, mixer, step);
            using var plain = new ManagedEngine { Threads = 1 }.Open(problem.Network, changed,
                problem.Settings() with { MaximumBatchRows = changed.Rows, MeanWeight = settings.MeanWeight * problem.Data.Rows / changed.Rows });
            plain.SetWeights(expected);

            double expectedLoss = plain.Step([.. Enumerable.Range(0, changed.Rows)], 0.1f);
            session.Step(problem.AllRows, 0.1f).Should().BeApproximately(expectedLoss, 1e-5, "{0}, step {1}", name, step);

            plain.GetWeights(expected);
            session.GetWeights(actual);
            Tolerances.ShouldBeClose(actual.Values, Array.ConvertAll(expected.Values, x => (double)x), Tolerances.SeveralSteps, name);
        }
    }

    [TestMethod]
    public void Step_AnyNumberOfThreads_GivesTheSameBits()
    {
        var problem = Problem("softmax", weighted: true, rows: 300);
        var settings = problem.Settings(batch: 150) with { InputNoise = 0.2f, Mixing = new CutMixOptions() };

        float[] one = Train(problem, settings, threads: 1);

        Train(problem, settings, threads: 2).Should().Equal(one);
        Train(problem, settings, threads: 3).Should().Equal(one);
        Train(problem, settings with { Seed = 6 }, threads: 1).Should().NotEqual(one);
    }

    [TestMethod]
    public void Step_AfterTheFirst_AllocatesNothing()
    {
        var problem = Problem("softmax", weighted: true);
        using var session = problem.Open(problem.Settings() with { InputNoise = 0.2f, Mixing = new CutMixOptions() });

        Allocations.LeastOf(() => session.Step(problem.AllRows, 0.1f), times: 50).Should().Be(0);
    }

    [TestMethod]
    public void Score_AfterNoisySteps_SeesRowsAsTheyAre()
    {
        var problem = Problem("squared", weighted: false);
        using var session = problem.Open(problem.Settings() with { InputNoise = 5, Mixing = new MixupOptions() });
        float[] before = new float[problem.Data.Rows * 3], after = new float[problem.Data.Rows * 3];
        session.Score(problem.AllRows, before);

        session.Step(problem.AllRows, new StepSettings(0));
        session.Score(problem.AllRows, after);

        after.Should().Equal(before);
    }

    /// <summary>The rows of a step as one block; classes and their losses are mixed by giving every row twice.</summary>
    private static DataBlock Change(DataBlock data, EngineSettings settings, RowMixer? mixer, int step)
    {
        int n = data.Rows, d = data.FeatureCount, t = data.TargetCount;
        bool isMixed = mixer?.Draw(step, n) ?? false;
        float share = isMixed ? mixer!.Share : 1;
        float[] noise = new float[n * d], features = new float[n * d];
        new FeatureNoise(settings.InputNoise, d, settings.Seed).Fill(step, noise);
        int Partner(int row) => isMixed ? (row + mixer!.Shift) % n : row;
        for (int i = 0; i < n * d; i++)
        {
            float keep = isMixed ? mixer!.Keep.Span[i % d] : 1;
            features[i] = keep * data.Features.Array![i] + (1 - keep) * data.Features.Array![Partner(i / d) * d + i % d] + noise[i];
        }
        float[] own = data.Targets, other = [.. Enumerable.Range(0, n).SelectMany(row => data.Targets[(Partner(row) * t)..(Partner(row) * t + t)])];
        float Weight(int row) => data.Weights?[row] ?? 1;
        float[] ownWeights = [.. Enumerable.Range(0, n).Select(row => share * Weight(row))];
        float[] otherWeights = [.. Enumerable.Range(0, n).Select(row => (1 - share) * Weight(Partner(row)))];

        static float Mean(float own, float ownWeight, float other, float otherWeight) =>
            ownWeight + otherWeight > 0 ? (own * ownWeight + other * otherWeight) / (ownWeight + otherWeight) : own;

        return settings.MixTargets
            ? data with { Features = new MemoryRows(features, data.Rows, d), Targets = [.. own.Zip(other, Enumerable.Range(0, n * t)).Select(at => Mean(at.First, ownWeights[at.Third / t], at.Second, otherWeights[at.Third / t]))], Weights = [.. ownWeights.Zip(otherWeights, (a, b) => a + b)] }
            : new DataBlock(2 * n, d, t, [.. features, .. features], [.. own, .. other], [.. ownWeights, .. otherWeights]);
    }

    private static float[] Train(TestProblem problem, EngineSettings settings, int threads)
    {
        using var session = problem.Open(settings, threads);
        for (int step = 0; step < 6; step++)
            session.Step(problem.AllRows.AsSpan(step % 2 * 150, 150), 0.1f);
        var weights = new NetworkWeights(problem.Start.Layout);
        session.GetWeights(weights);
        return weights.Values;
    }

    private static TestProblem Problem(string loss, bool weighted, int rows = 40)
    {
        int outputs = LossCases.Outputs(loss);
        return new TestProblem(LossCases.Of(loss), rows, 21, outputs, TestProblem.Mlp(21, [17], outputs, Activation.Tanh), weighted);
    }
}
