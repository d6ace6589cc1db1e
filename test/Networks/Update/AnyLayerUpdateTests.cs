using MLExtensions.Networks.Managed;

namespace MLExtensions.Networks.Tests;

/// <summary>What happens at the update, with layers of every kind.</summary>
[TestClass]
[TestCategory("Engine")]
public sealed class AnyLayerUpdateTests
{
    private static readonly UpdateSettings s_update = new()
    {
        ClipNorm = 0.1f,
        MaximumNorm = 1.2f,
        PenalizesAll = true,
        Factors = new() { Biases = 0.5f, Normalization = 2, ActivationSlopes = 3, InputScales = 6, Embeddings = 4, FirstLayer = 0.5f },
    };

    public static IEnumerable<object[]> Names => NetworkCases.Names;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Step_LimitsAndFactors_FollowReference(string name) => ManagedSessionTests.HoldAgainstReference(
        NetworkCases.Problem(name, 90), new SgdOptions { Momentum = 0.5f }, batch: 57, steps: 6, l2: 0.01f, update: s_update);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void GetAverages_AfterTwoSteps_AreBetweenBoth(string name)
    {
        TestProblem problem = NetworkCases.Problem(name, 90);
        foreach (float? maximumNorm in new float?[] { null, 1.2f })
        {
            using ManagedSession session = problem.Open(problem.Settings(update: new UpdateSettings { AverageDecay = 0.75f, MaximumNorm = maximumNorm }));
            var (first, second, average) = (problem.Start.Clone(), problem.Start.Clone(), problem.Start.Clone());

            session.Step(problem.AllRows, 0.1f);
            session.GetWeights(first);
            session.Step(problem.AllRows, 0.1f);
            session.GetWeights(second);

            session.GetAverages(average);
            for (int i = 0; i < average.Values.Length; i++)
                average.Values[i].Should().BeApproximately(0.75f * first.Values[i] + 0.25f * second.Values[i], 1e-6f);
            second.Values.Should().NotEqual(first.Values);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Step_OwnOptimizerOfPlainSteps_GivesWhatSgdGives(string name)
    {
        TestProblem problem = NetworkCases.Problem(name, 90, dropout: 0.3f);
        var update = new UpdateSettings { ClipNorm = 0.1f, MaximumNorm = 1.2f, AverageDecay = 0.75f };

        var (expected, expectedAverages) = Train(problem, problem.Settings(new SgdOptions(), l1: 0.01f, update: update));
        var (actual, averages) = Train(problem, problem.Settings(new CustomOptimizerOptions(_ => new PlainDescent()), l1: 0.01f, update: update));

        Tolerances.ShouldBeClose(actual, [.. expected.Select(x => (double)x)], Tolerances.SeveralSteps, "weights");
        Tolerances.ShouldBeClose(averages, [.. expectedAverages.Select(x => (double)x)], Tolerances.SeveralSteps, "averages");
    }

    [TestMethod]
    public void Step_NoiseAndDropConnect_GiveTheSameBitsForAnyNumberOfThreads()
    {
        Layer[] layers =
        [
            new LinearLayer(5, 70, DropConnectRate: 0.3f), new LayerNormalizationLayer(70), new PReluLayer(70, PerUnit: true),
            new LinearLayer(70, 33, DropConnectRate: 0.1f), new BatchNormalizationLayer(33), new PReluLayer(33), new LinearLayer(33, 3),
        ];
        var problem = new TestProblem(Loss.CrossEntropy, 200, 5, 3, layers);
        var settings = problem.Settings(new AdamOptions(), update: s_update with { WeightNoise = 0.05f, AverageDecay = 0.9f }) with { InputNoise = 0.1f };

        var (expected, expectedAverages) = Train(problem, settings, threads: 1);
        foreach (int threads in new[] { 2, 5 })
        {
            var (weights, averages) = Train(problem, settings, threads);
            weights.Should().Equal(expected);
            averages.Should().Equal(expectedAverages);
        }
        Train(problem, settings with { Update = settings.Update with { WeightNoise = 0 } }).Weights.Should().NotEqual(expected);
    }

    private static (float[] Weights, float[] Averages) Train(TestProblem problem, EngineSettings settings, int threads = 1)
    {
        using ManagedSession session = problem.Open(settings, threads);
        for (int step = 0; step < 5; step++)
            session.Step(problem.AllRows, 0.05f);
        var (weights, averages) = (problem.Start.Clone(), problem.Start.Clone());
        session.GetWeights(weights);
        session.GetAverages(averages);
        return (weights.Values, averages.Values);
    }
}
