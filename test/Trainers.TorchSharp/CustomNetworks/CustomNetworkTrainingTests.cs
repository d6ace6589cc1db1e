using Microsoft.ML;
using MLExtensions.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLExtensions.Trainers.Tests;

/// <summary>Networks of the application's own go through the loop that trains ours.</summary>
[TestClass]
public sealed class CustomNetworkTrainingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Fit_AnyTask_LearnsAndScoresAsItValidated(LearningTask task)
    {
        var options = Networks.OptionsFor(task, Networks.Residual) with { NumberOfEpochs = 60, Optimizer = new AdamOptions { LearningRate = 0.01f } };
        var (training, validation) = (Examples.Load(_ml, Examples.Rows(300, seed: 1)), Examples.Load(_ml, Examples.Rows(300, seed: 2)));

        var fitted = Trainer.Fit(task, _ml, options, training, validation);

        var scored = fitted.Transformer.Transform(validation);
        double metric = task switch
        {
            LearningTask.Binary => _ml.BinaryClassification.Evaluate(scored, "Truth").Accuracy,
            LearningTask.Multiclass => _ml.MulticlassClassification.Evaluate(scored, "Class").MicroAccuracy,
            _ => _ml.Regression.Evaluate(scored, "Value").RSquared,
        };
        metric.Should().BeGreaterThan(0.93);
        fitted.History.Engine.Should().Be("TorchSharp, CPU, network 'residual'");
        var best = fitted.History.Epochs[fitted.History.BestEpoch - 1];
        if (task != LearningTask.Regression)
            best.ValidationMetric.Should().BeApproximately(metric, 1e-6, "the weights of the best epoch are restored");
    }

    [TestMethod]
    [DataRow(LearningTask.Binary)]
    [DataRow(LearningTask.Multiclass)]
    [DataRow(LearningTask.Regression)]
    public void Fit_TheSameNetworkFromTheSameWeights_EndsWhereDeepMlpDoes(LearningTask task)
    {
        var recorder = new StartRecorder(new TorchSharpEngine(Device.Cpu));
        var options = Networks.OptionsFor(task, Networks.Residual) with
        {
            Optimizer = new AdamWOptions { LearningRate = 0.01f, WeightDecay = 0.1f },
            L1Regularization = 0.001f,
            L2Regularization = 0.01f,
            NumberOfEpochs = 30,
            ExampleWeightColumnName = "Weight",
        };
        var deepMlp = Trainer.Fit(task, _ml, options with
        {
            Engine = recorder,
            InputScaling = null,
            NumberEmbedding = null,
            HiddenLayers = [8, 6],
            Activation = Activation.Tanh,
            Normalization = Normalization.Batch,
            DropoutRate = 0,
        }, Examples.Load(_ml));
        var own = Networks.Of(input => Mlp(input, recorder.Start!));

        var custom = Trainer.Fit(task, _ml, options with { Engine = Networks.OnCpu(own) }, Examples.Load(_ml));

        custom.History.Epochs.Select(Losses).Should().Equal(deepMlp.History.Epochs.Select(Losses));
        custom.History.BestEpoch.Should().Be(deepMlp.History.BestEpoch);
        float[] expected = ScoresOf(deepMlp.Model), actual = ScoresOf(custom.Model);
        actual.Should().Equal(expected, (x, y) => Math.Abs(x - y) <= 1e-5 * Math.Max(1, Math.Abs(y)));
    }

    [TestMethod]
    public void Fit_SameSeed_GivesTheSameBits()
    {
        var options = Networks.OptionsFor(LearningTask.Multiclass, Networks.Of(input =>
            nn.Sequential(("first", nn.Linear(input.Features, 9)), ("relu", nn.ReLU()), ("dropout", nn.Dropout(0.4)), ("last", nn.Linear(9, input.Outputs)))));

        float[] first = Fit(options).Weights;

        Fit(options).Weights.Should().Equal(first);
        Fit(options with { Seed = 6 }).Weights.Should().NotEqual(first);
    }

    [TestMethod]
    public void Fit_FrozenParameter_StaysAndIsKept()
    {
        var options = Networks.OptionsFor(LearningTask.Multiclass, Networks.Of(input =>
        {
            var frozen = nn.Linear(input.Features, 9);
            frozen.weight!.requires_grad = false;
            using (no_grad())
                frozen.weight.fill_(0.25f);
            return nn.Sequential(("frozen", frozen), ("tanh", nn.Tanh()), ("last", nn.Linear(9, input.Outputs)));
        }));

        var weights = Fit(options).Model.CopyWeights();

        weights["0.frozen.weight"].ToArray().Should().OnlyContain(weight => weight == 0.25f);
        weights["0.frozen.bias"].ToArray().Should().NotContain(0f);
    }

    [TestMethod]
    public void Fit_Penalty_ActsOnMatricesAlone()
    {
        var options = Networks.OptionsFor(LearningTask.Regression, Networks.Residual) with
        {
            NumberOfEpochs = 40,
            EarlyStopping = null,
            L2Regularization = 10,
            Optimizer = new SgdOptions { LearningRate = 0.05f },
        };

        var weights = Fit(options, LearningTask.Regression).Model.CopyWeights();

        weights["0._block.weight"].ToArray().Max(Math.Abs).Should().BeLessThan(1e-3f);
        weights["0._normalization.weight"].ToArray().Should().OnlyContain(scale => Math.Abs(scale - 1) < 0.1f);
    }

    [TestMethod]
    public void Fit_NetworkOptions_AreRefusedSinceTheyWouldHaveNoEffect()
    {
        var options = Networks.OptionsFor(LearningTask.Regression, Networks.Residual) with { HiddenLayers = [3], Normalization = Normalization.Batch };

        Action make = () => _ml.Regression.Trainers.DeepMlp(options);

        make.Should().Throw<ArgumentException>().Which.Message.ReplaceLineEndings("\n").Should().StartWith("Invalid DeepMlpOptions:\n" +
            "- HiddenLayers would have no effect, since the engine trains the network 'residual': leave it at its default\n" +
            "- Normalization would have no effect, since the engine trains the network 'residual': leave it at its default");
    }

    [TestMethod]
    public void Fit_NetworkOptionsWithTheEngineOfTheContext_AreRefused()
    {
        _ml.UseEngine(Networks.OnCpu(Networks.Residual));
        var options = Networks.OptionsFor(LearningTask.Regression, Networks.Residual) with { Engine = null, DropoutRate = 0 };

        Action fit = () => Trainer.Fit(LearningTask.Regression, _ml, options, Examples.Load(_ml));

        fit.Should().Throw<ArgumentException>().WithMessage("*DropoutRate would have no effect*");
    }

    [TestMethod]
    public void Fit_FactoryDrawsNumbers_LeavesTheGeneratorOfTheApplicationAlone()
    {
        random.manual_seed(3);
        using var expected = rand(5);
        random.manual_seed(3);

        Networks.Residual.Start(3, 2, seed: 1);

        using var actual = rand(5);
        actual.data<float>().ToArray().Should().Equal(expected.data<float>().ToArray());
    }

    [TestMethod]
    public void Transform_ManyThreads_GiveTheSameScoresAsOne()
    {
        var model = Fit(Networks.OptionsFor(LearningTask.Multiclass, Networks.Residual)).Model;
        float[][] rows = [.. Examples.Rows(200).Select(row => row.Features)];
        float[][] expected = [.. rows.Select(row => Score(model, row))];

        float[][] actual = [.. Enumerable.Range(0, 8 * rows.Length).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(i => Score(model, rows[i % rows.Length]))];

        for (int i = 0; i < actual.Length; i++)
            actual[i].Should().Equal(expected[i % rows.Length]);
    }

    private Fitted Fit(DeepMlpOptions options, LearningTask task = LearningTask.Multiclass) => Trainer.Fit(task, _ml, options, Examples.Load(_ml));

    private static float[] ScoresOf(DeepMlpModelParameters model) => [.. Examples.Rows().SelectMany(row => Score(model, row.Features))];

    private static float[] Score(DeepMlpModelParameters model, float[] features)
    {
        float[] scores = new float[model.ScoreCount];
        model.Score(features, scores);
        return scores;
    }

    private static (double, double?, double?, bool) Losses(EpochReport report) =>
        (report.TrainingLoss, report.ValidationLoss, report.ValidationMetric, report.IsBest);

    private static Sequential Mlp(NetworkInput input, NetworkWeights start)
    {
        var modules = nn.Sequential(
            ("0", nn.Linear(input.Features, 8)), ("1", nn.BatchNorm1d(8)), ("2", nn.Tanh()),
            ("3", nn.Linear(8, 6)), ("4", nn.BatchNorm1d(6)), ("5", nn.Tanh()),
            ("6", nn.Linear(6, input.Outputs)));
        using var noGradients = no_grad();
        foreach (var (name, tensor) in modules.state_dict().Where(entry => entry.Value.requires_grad))
            tensor.copy_(torch.tensor(start[name].ToArray()).view(tensor.shape));
        return modules;
    }

    /// <summary>Remembers the weights that a training starts from.</summary>
    private sealed class StartRecorder(IMlpEngine engine) : IMlpEngine
    {
        public NetworkWeights? Start { get; private set; }

        public string Name => engine.Name;

        public IMlpSession Open(NetworkDescription network, DataBlock data, EngineSettings settings) =>
            new Session(engine.Open(network, data, settings), weights => Start ??= weights.Clone());

        private sealed class Session(IMlpSession session, Action<NetworkWeights> onSet) : IMlpSession
        {
            public double Step(ReadOnlySpan<int> rows, in StepSettings settings) => session.Step(rows, settings);

            public void Score(ReadOnlySpan<int> rows, Span<float> outputs) => session.Score(rows, outputs);

            public void GetWeights(NetworkWeights destination) => session.GetWeights(destination);

            public void SetWeights(NetworkWeights source)
            {
                onSet(source);
                session.SetWeights(source);
            }

            public void GetAverages(NetworkWeights destination) => session.GetAverages(destination);

            public void UpdateStatistics(ReadOnlySpan<int> rows, float share) => session.UpdateStatistics(rows, share);

            public void Exchange(StateExchange state) => session.Exchange(state);

            public void Dispose() => session.Dispose();
        }
    }
}
