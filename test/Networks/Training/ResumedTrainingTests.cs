using MLExtensions.Networks.Building;
using MLExtensions.Networks.Evaluation;
using MLExtensions.Networks.Randomness;
using MLExtensions.Networks.Rows;
using MLExtensions.Networks.Training;

namespace MLExtensions.Networks.Tests;

/// <summary>A training that goes on from its state ends as one that was never stopped, bit for bit.</summary>
[TestClass]
public sealed class ResumedTrainingTests
{
    public static IEnumerable<object[]> Cases =>
    [
        ["plain", (MlpOptions options) => options],
        ["dropout, noise, mixing", (MlpOptions options) => options with { DropoutRate = 0.3f, InputNoise = 0.1f, RowMixing = new MixupOptions(), WeightNoise = 0.01f }],
        ["batch normalization", (MlpOptions options) => options with { Normalization = Normalization.Batch }],
        ["exponential averages", (MlpOptions options) => options with { WeightAveraging = new ExponentialAveragingOptions() }],
        ["stochastic averages", (MlpOptions options) => options with { WeightAveraging = new StochasticAveragingOptions { FromEpoch = 2 }, Normalization = Normalization.Batch }],
        ["plateau", (MlpOptions options) => options with { LearningRateSchedule = new PlateauSchedule { Patience = 0 } }],
        ["nadam", (MlpOptions options) => options with { Optimizer = new NAdamOptions() }],
        ["diagnostics", (MlpOptions options) => options with { Diagnostics = new() { NumberOfRows = 20 } }],
        ["limits", (MlpOptions options) => options with { MaximumNorm = 1, ClipGradientNorm = 0.5f }],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Run_ResumedAfterAnyEpoch_EndsAsIfNeverStopped(string name, Func<MlpOptions, MlpOptions> change)
    {
        var options = change(new MlpOptions { HiddenLayers = [8], BatchSize = 16, NumberOfEpochs = 6, EarlyStopping = new() { Patience = 50 } });
        var states = new List<TrainingState>();
        var (whole, history) = Train(options, states: states);

        foreach (int epoch in new[] { 1, 3, 5 })
        {
            var (resumed, resumedHistory) = Train(options, resume: states[epoch - 1]);

            resumed.Values.Should().Equal(whole.Values, "{0}, resumed after epoch {1}", name, epoch);
            resumedHistory.BestEpoch.Should().Be(history.BestEpoch);
            resumedHistory.Epochs.Select(report => report with { Seconds = 0, Layers = null }).Should().Equal(history.Epochs.Select(report => report with { Seconds = 0, Layers = null }));
            resumedHistory.Epochs.SelectMany(report => report.Layers ?? []).Should().Equal(history.Epochs.SelectMany(report => report.Layers ?? []));
        }
    }

    [TestMethod]
    public void Order_OfAnEpoch_FollowsFromSeedAndEpochAlone()
    {
        var options = new MlpOptions { HiddenLayers = [], BatchSize = 1, NumberOfEpochs = 3, EarlyStopping = null, DropoutRate = 0 };
        int[][] Orders(TrainingState? resume, List<TrainingState>? states)
        {
            var engine = new ScriptedEngine();
            Train(options, engine, states, resume);
            return [.. engine.Batches.Chunk(Rows).Select(chunk => chunk.Select(batch => batch.Single()).ToArray())];
        }

        var states = new List<TrainingState>();
        int[][] whole = Orders(null, states);
        int[][] rest = Orders(states[0], null);

        whole.Should().HaveCount(3);
        whole[0].Should().NotEqual(whole[1]);
        whole[1].Order().Should().Equal(whole[0].Order());
        rest.Should().BeEquivalentTo(whole[1..], config => config.WithStrictOrdering());
    }

    private const int Rows = 60;

    private static (NetworkWeights Weights, TrainingHistory History) Train(MlpOptions options, IMlpEngine? engine = null,
        List<TrainingState>? states = null, TrainingState? resume = null)
    {
        var random = new RandomStream(3, "data");
        float[] features = [.. Enumerable.Range(0, 80 * 3).Select(_ => (float)random.NextNormal())];
        float[] targets = [.. Enumerable.Range(0, 80).Select(row => features[3 * row] > features[3 * row + 1] ? 1f : 0)];
        var data = new DataBlock(80, 3, 1, features, targets, null);
        var plan = new TrainingPlan(options, NetworkBuilder.Describe(options, 3, 1), data, RowSplit.At(Rows, 80),
            new BinaryEvaluator(Loss.CrossEntropy, data, null), Seed: 11)
        {
            Resume = resume,
        };
        var observer = new TrainingObserver(_ => { }, () => false, TimeProvider.System) { Keep = (_, _, take) => states?.Add(take()) };
        return TrainingLoop.Run(plan, observer, engine ?? new ManagedEngine { Threads = 1 });
    }
}
