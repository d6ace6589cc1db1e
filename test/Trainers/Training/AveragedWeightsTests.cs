using MLExtensions.Networks;
using MLExtensions.Networks.Building;
using MLExtensions.Networks.Rows;
using MLExtensions.Networks.Training;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class AveragedWeightsTests
{
    private static readonly DeepMlpOptions s_options = new()
    {
        NumberEmbedding = null,
        HiddenLayers = [3],
        BatchSize = 5,
        NumberOfEpochs = 4,
        EarlyStopping = null,
    };

    [TestMethod]
    public void Run_ExponentialAveraging_AsksTheEngineAndGivesItsAverages()
    {
        var engine = new ScriptedEngine { Average = steps => 100 + steps };

        var (weights, _) = Run(engine, s_options with { WeightAveraging = new ExponentialAveragingOptions { Decay = 0.7f } });

        engine.Settings!.Update.AverageDecay.Should().Be(0.7f);
        weights.Values.Should().OnlyContain(weight => weight == 108, "there were 8 steps");
        engine.StatisticsRows.Should().BeEmpty("the engine averages them");
        engine.SetWeightsSeen.Skip(1).Select(values => values[0]).Should().Equal(102, 2, 104, 4, 106, 6, 108, 8);
    }

    [TestMethod]
    public void Run_StochasticAveraging_GivesTheMeanOfTheEpochs()
    {
        var engine = new ScriptedEngine();

        var (weights, _) = Run(engine, s_options with { WeightAveraging = new StochasticAveragingOptions { FromEpoch = 2 } });

        engine.Settings!.Update.AverageDecay.Should().BeNull();
        weights.Values.Should().OnlyContain(weight => weight == 6, "epochs 2 to 4 end at 4, 6 and 8");
        engine.SetWeightsSeen.Skip(1).Select(values => values[0]).Should().Equal(4, 4, 5, 6, 6, 8);
    }

    [TestMethod]
    public void Run_StochasticAveragingNeverBegins_GivesTheLastWeights()
    {
        var (weights, _) = Run(new ScriptedEngine(), s_options with { WeightAveraging = new StochasticAveragingOptions { FromEpoch = 9 } });

        weights.Values.Should().OnlyContain(weight => weight == 8);
    }

    [TestMethod]
    public void Run_StochasticAveragingWithNormalization_GathersStatisticsOverAllBatches()
    {
        var engine = new ScriptedEngine();

        Run(engine, s_options with { Normalization = Normalization.Batch, WeightAveraging = new StochasticAveragingOptions { FromEpoch = 4 } });

        engine.StatisticsRows.Select(entry => entry.Share).Should().Equal(1, 0.5f);
        engine.StatisticsRows.SelectMany(entry => entry.Rows).Order().Should().Equal(Enumerable.Range(0, 10));
    }

    [TestMethod]
    public void Fit_ExponentialAveraging_IsTheAverageOfWhatTheSameTrainingPassesThrough()
    {
        var options = Trainer.QuickFor(LearningTask.Regression) with { EarlyStopping = null, BatchSize = 60, NumberOfEpochs = 3, Normalization = Normalization.Batch };
        float[][] passed = [.. Enumerable.Range(1, 3).Select(epochs => Fit(options with { NumberOfEpochs = epochs }).Weights)];

        float[] averaged = Fit(options with { WeightAveraging = new ExponentialAveragingOptions { Decay = 0.75f } }).Weights;

        float[] expected = [.. passed[0].Select((first, i) => 0.75f * (0.75f * first + 0.25f * passed[1][i]) + 0.25f * passed[2][i])];
        averaged.Should().Equal(expected, (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [TestMethod]
    public void Fit_NoisySteps_AveragesScoreBetter()
    {
        // A rate at which the last weights wander about the minimum; their mean lies closer to it.
        var options = Trainer.QuickFor(LearningTask.Regression) with { Optimizer = new SgdOptions { LearningRate = 0.2f }, BatchSize = 4, NumberOfEpochs = 40, HiddenLayers = [] };
        var rows = Examples.Rows();
        var random = new System.Random(5);
        foreach (var row in rows)
            row.Value += 4 * (random.NextSingle() - 0.5f);

        double LossOf(WeightAveragingOptions? averaging) => Enumerable.Range(1, 5).Average(seed => Trainer.Fit(
            LearningTask.Regression, _ => options with { WeightAveraging = averaging, Seed = seed, EarlyStopping = new() { Patience = 1000, RestoreBest = false } }, rows)
            .History.Epochs.TakeLast(10).Average(epoch => epoch.ValidationLoss!.Value));

        double last = LossOf(null);
        LossOf(new ExponentialAveragingOptions { Decay = 0.98f }).Should().BeLessThan(last);
        LossOf(new StochasticAveragingOptions { FromEpoch = 10 }).Should().BeLessThan(last);
    }

    private static Fitted Fit(DeepMlpOptions options) => Trainer.Fit(LearningTask.Regression, _ => options);

    private static (NetworkWeights Weights, TrainingHistory History) Run(ScriptedEngine engine, DeepMlpOptions options)
    {
        var data = new DataBlock(10, 2, 1, new float[20], new float[10], null);
        var plan = new TrainingPlan(options, NetworkBuilder.Describe(options, 2, 1), data, RowSplit.At(10, 10), new ScriptedEvaluator(data, higherMetricIsBetter: false), 1);
        return TrainingLoop.Run(plan, new TrainingObserver(_ => { }, () => false, TimeProvider.System), engine);
    }
}
