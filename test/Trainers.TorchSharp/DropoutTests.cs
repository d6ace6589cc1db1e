using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers.TorchSharp.Layers;
using TorchSharp;

namespace MLExtensions.Trainers.Tests;

/// <summary>Masks are drawn by libtorch, so they are other ones than the managed engine's: what must agree is what they do.</summary>
[TestClass]
public sealed class DropoutTests
{
    [TestMethod]
    [DataRow(0.1f)]
    [DataRow(0.5f)]
    [DataRow(0.9f)]
    public void Forward_Training_ZeroesAtTheRateAndScalesTheRest(float rate)
    {
        using var scope = torch.NewDisposeScope();
        var layer = new TorchDropoutLayer(rate, new torch.Generator(1));

        float[] values = layer.Forward(torch.ones(200, 500), training: true).data<float>().ToArray();

        float kept = (float)(1 / (1 - (double)rate));
        values.Should().OnlyContain(value => value == 0 || value == kept);
        double share = values.Count(value => value == 0) / (double)values.Length;
        share.Should().BeApproximately(rate, 5 * Math.Sqrt(rate * (1 - rate) / values.Length));
    }

    [TestMethod]
    public void Forward_FactorOfTheStep_MultipliesTheRate()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new TorchDropoutLayer(0.8f, new torch.Generator(1));

        layer.BeginStep(new StepSettings(0.1f, DropoutFactor: 0.25f));
        float[] values = layer.Forward(torch.ones(200, 500), training: true).data<float>().ToArray();

        values.Should().OnlyContain(value => value == 0 || value == 1.25f);
        values.Count(value => value == 0).Should().BeInRange(19_300, 20_700, "100,000 values are zeroed at a rate of 0.2");
    }

    [TestMethod]
    public void Forward_Scoring_ChangesNothing()
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.ones(3, 4);

        new TorchDropoutLayer(0.5f, new torch.Generator(1)).Forward(input, training: false).Should().BeSameAs(input);
    }

    [TestMethod]
    public void Forward_DropConnect_MasksTheWeightsInTrainingAlone()
    {
        using var scope = torch.NewDisposeScope();
        var (weight, bias) = (torch.ones(300, 1), torch.zeros(300));
        var layer = new TorchLinearLayer(weight, bias, MatrixPrecision.Single, new TorchDropoutLayer(0.5f, new torch.Generator(1)));

        float[] training = layer.Forward(torch.ones(2, 1), training: true).data<float>().ToArray();
        float[] scoring = layer.Forward(torch.ones(2, 1), training: false).data<float>().ToArray();

        training.Should().OnlyContain(value => value == 0 || value == 2);
        training[..300].Should().Equal(training[300..], "the rows of a batch share the mask");
        training.Count(value => value == 0).Should().BeInRange(220, 380);
        scoring.Should().OnlyContain(value => value == 1);
    }

    [TestMethod]
    public void Step_Dropout_LeavesTheGeneratorOfTheApplicationAlone()
    {
        var problem = Problem();
        torch.random.manual_seed(3);
        using var expected = torch.rand(5);
        torch.random.manual_seed(3);

        Train(problem, seed: 1);

        using var actual = torch.rand(5);
        actual.data<float>().ToArray().Should().Equal(expected.data<float>().ToArray());
    }

    [TestMethod]
    public void Step_SameSeed_GivesTheSameBits()
    {
        var problem = Problem();

        float[] first = Train(problem, seed: 1);

        Train(problem, seed: 1).Should().Equal(first);
        Train(problem, seed: 2).Should().NotEqual(first);
    }

    [TestMethod]
    public void Fit_SameSeed_GivesTheSameBits()
    {
        var options = Trainer.QuickFor(LearningTask.Multiclass) with
        {
            Engine = new TorchSharpEngine(Device.Cpu),
            DropoutRate = 0.3f,
            InputDropoutRate = 0.1f,
            Normalization = Normalization.Batch,
        };

        float[] first = Fit(options).Weights;

        Fit(options).Weights.Should().Equal(first);
        Fit(options with { Seed = 6 }).Weights.Should().NotEqual(first);
    }

    [TestMethod]
    [DataRow(LearningTask.Multiclass, 0f)]
    [DataRow(LearningTask.Regression, 0f)]
    [DataRow(LearningTask.Regression, 0.3f)]
    public void Fit_Dropout_EndsWithTheManagedEnginesValidationLoss(LearningTask task, float dropConnect)
    {
        var ml = new MLContext(seed: 1);
        var (training, validation) = (Examples.Load(ml, Examples.Rows(300, seed: 1)), Examples.Load(ml, Examples.Rows(300, seed: 2)));
        var options = Trainer.QuickFor(task) with
        {
            HiddenLayers = [24, 16],
            DropoutRates = dropConnect > 0 ? [0, 0] : [0.3f, 0.1f],
            InputDropoutRate = dropConnect > 0 ? 0 : 0.1f,
            DropConnectRate = dropConnect,
            Optimizer = new AdamOptions { LearningRate = 0.003f },
            NumberOfEpochs = 30,
            EarlyStopping = null,
        };

        double[] managed = LossesOf(new ManagedEngine { Threads = 1 }, options);
        double[] torchSharp = LossesOf(new TorchSharpEngine(Device.Cpu), options);

        double[] withoutDropout = LossesOf(new TorchSharpEngine(Device.Cpu), options with { DropoutRates = null, DropoutRate = 0, InputDropoutRate = 0, DropConnectRate = 0 });

        // The difference of two means of 16 against its own standard deviation; what dropout does must stand out from that.
        double error = Math.Sqrt((Variance(managed) + Variance(torchSharp)) / managed.Length);
        Math.Abs(managed.Average() - torchSharp.Average()).Should().BeLessThan(3 * error, "managed {0}, TorchSharp {1}", managed.Average(), torchSharp.Average());
        Math.Abs(withoutDropout.Average() - torchSharp.Average()).Should().BeGreaterThan(6 * error, "without dropout {0}, with {1}", withoutDropout.Average(), torchSharp.Average());

        double[] LossesOf(IMlpEngine engine, DeepMlpOptions chosen) => [.. Enumerable.Range(1, 16).Select(seed =>
            Trainer.Fit(task, ml, chosen with { Seed = seed, Engine = engine }, training, validation).History.Epochs[^1].ValidationLoss!.Value)];
    }

    private static double Variance(double[] values) => values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1);

    private static Fitted Fit(DeepMlpOptions options)
    {
        var ml = new MLContext(seed: 1);
        return Trainer.Fit(LearningTask.Multiclass, ml, options, Examples.Load(ml));
    }

    private static TestProblem Problem() =>
        new(Loss.SquaredError, 60, 4, 1, TestProblem.Mlp(4, [8], 1, Activation.Relu, dropout: 0.5f));

    private static float[] Train(TestProblem problem, int seed)
    {
        using var session = new TorchSharpEngine(Device.Cpu).Open(problem.Network, problem.Data, problem.Settings(seed: seed));
        session.SetWeights(problem.Start);
        for (int step = 0; step < 5; step++)
            session.Step(problem.AllRows, 0.01f);
        var weights = problem.Start.Clone();
        session.GetWeights(weights);
        return weights.Values;
    }
}
