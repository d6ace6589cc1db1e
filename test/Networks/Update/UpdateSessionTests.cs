using System.Text.Json;
using MLExtensions.Networks.Managed;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests;

/// <summary>What happens at the update, in sessions of the managed engine.</summary>
[TestClass]
[TestCategory("Engine")]
public sealed class UpdateSessionTests
{
    private static readonly UpdateSettings s_everything = new()
    {
        ClipNorm = 0.3f,
        MaximumNorm = 0.8f,
        WeightNoise = 0.05f,
        AverageDecay = 0.8f,
        PenalizesAll = true,
        Factors = new() { Biases = 0.1f, FirstLayer = 2 },
    };

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(13)]
    public void Step_EverythingOn_GivesTheSameBitsForAnyNumberOfThreads(int threads)
    {
        var layers = TestProblem.Mlp(20, [70, 133], 4, Activation.Gelu, normalize: true, dropout: 0.3f);
        var problem = new TestProblem(Loss.CrossEntropy, 200, 20, 4, layers, weighted: true);
        foreach (var optimizer in new OptimizerOptions[] { new AdamWOptions(), new AdamWOptions { AmsGrad = true }, new NAdamOptions(), new AdamPOptions { Delta = 1, WeightDecay = 0.1f }, new MuonOptions { WeightDecay = 0.1f } })
        {
            var settings = problem.Settings(optimizer, l1: 0.001f, l2: 0.01f, batch: 101, update: s_everything);

            var expected = Train(problem, settings, threads: 1);
            var actual = Train(problem, settings, threads);

            actual.Weights.Should().Equal(expected.Weights);
            actual.Averages.Should().Equal(expected.Averages).And.NotEqual(expected.Weights);
        }
    }

    [TestMethod]
    public void Step_EverythingOn_AllocatesNothing()
    {
        var layers = TestProblem.Mlp(20, [30, 30], 3, Activation.Relu, normalize: true, dropout: 0.1f);
        var problem = new TestProblem(Loss.CrossEntropy, 64, 20, 3, layers);
        OptimizerOptions[] optimizers = [.. Cases.Optimizers.Values, .. Cases.FurtherOptimizers.Values, new CustomOptimizerOptions(_ => new PlainDescent())];
        foreach (var optimizer in optimizers)
        {
            using ManagedSession session = problem.Open(problem.Settings(optimizer, update: s_everything));
            Allocations.LeastOf(() => session.Step(problem.AllRows, 0.01f), times: 10).Should().Be(0, optimizer.GetType().Name);
        }
    }

    [TestMethod]
    public void GetAverages_AfterSteps_FollowsPyTorch()
    {
        var (problem, stored) = Stored();
        using ManagedSession session = problem.Open(problem.Settings(new SgdOptions(), update: new UpdateSettings { AverageDecay = 0.75f }));
        var weights = problem.Start.Clone();

        session.GetAverages(weights);
        weights.Values.Should().Equal(problem.Start.Values, "before the first step");
        for (int step = 0; step < 5; step++)
            session.Step(problem.AllRows, 0.125f);

        session.GetWeights(weights);
        Hold(weights, stored.GetProperty("end"));
        session.GetAverages(weights);
        Hold(weights, stored.GetProperty("average"));
    }

    [TestMethod]
    public void UpdateStatistics_OfBatches_FollowsPyTorch()
    {
        var (problem, stored) = Stored();
        using ManagedSession session = problem.Open(problem.Settings());
        var weights = problem.Start.Clone();
        foreach (var tensor in weights.Layout.Tensors)
            PyTorchValues.Floats(stored.GetProperty("end").GetProperty(tensor.Name)).CopyTo(weights[tensor]);
        session.SetWeights(weights);
        float[] before = [.. weights.Values];

        foreach (var (index, rows) in new int[][] { [0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10, 11] }.Index())
            session.UpdateStatistics(rows, 1f / (index + 1));

        session.GetWeights(weights);
        Hold(weights, stored.GetProperty("statistics"), tensor => !tensor.IsTrained);
        weights.Values[..weights.Layout.TrainedLength].Should().Equal(before[..weights.Layout.TrainedLength]);
    }

    [TestMethod]
    public void UpdateStatistics_NoiseAndMixing_TakesRowsAsTheyAre()
    {
        var problem = new TestProblem(Loss.SquaredError, 20, 3, 1, TestProblem.Mlp(3, [6], 1, Activation.Relu, normalize: true));
        var settings = problem.Settings();
        using ManagedSession changing = problem.Open(settings with { InputNoise = 1, Mixing = new MixupOptions { Alpha = 1 }, Update = new() { WeightNoise = 1 } });
        using ManagedSession plain = problem.Open(settings);
        var (expected, actual) = (problem.Start.Clone(), problem.Start.Clone());

        changing.UpdateStatistics(problem.AllRows, 0.5f);
        plain.UpdateStatistics(problem.AllRows, 0.5f);

        changing.GetWeights(actual);
        plain.GetWeights(expected);
        actual.Values.Should().Equal(expected.Values).And.NotEqual(problem.Start.Values);
    }

    [TestMethod]
    public void UpdateStatistics_BetweenSteps_ChangesNothingElse()
    {
        var problem = new TestProblem(Loss.SquaredError, 20, 3, 1, TestProblem.Mlp(3, [6], 1, Activation.Relu, normalize: true, dropout: 0.3f));
        var settings = problem.Settings(new AdamOptions(), update: s_everything);
        using ManagedSession with = problem.Open(settings);
        using ManagedSession without = problem.Open(settings);
        var (expected, actual) = (problem.Start.Clone(), problem.Start.Clone());

        foreach (var session in new[] { with, without })
        {
            session.Step(problem.AllRows, 0.01f);
            if (session == with)
                session.UpdateStatistics(problem.AllRows, 0.5f);
            session.Step(problem.AllRows, 0.01f);
        }

        with.GetWeights(actual);
        without.GetWeights(expected);
        int trained = expected.Layout.TrainedLength;
        actual.Values[..trained].Should().Equal(expected.Values[..trained]);
        actual.Values[trained..].Should().NotEqual(expected.Values[trained..]);
    }

    [TestMethod]
    public void Step_WeightNoise_ComputesGradientsAtNoisyWeightsAndMovesTheCleanOnes()
    {
        var problem = new TestProblem(Loss.SquaredError, 200, 7, 5, TestProblem.Mlp(7, [33], 5, Activation.Tanh));
        using ManagedSession session = problem.Open(problem.Settings(update: new UpdateSettings { WeightNoise = 0.1f }), threads: 2);
        using ManagedSession clean = problem.Open(problem.Settings());
        var (weights, gradients, cleanGradients) = (problem.Start.Clone(), problem.Start.Clone(), problem.Start.Clone());

        double loss = session.Step(problem.AllRows, 0);
        double cleanLoss = clean.Step(problem.AllRows, 0);

        session.GetWeights(weights);
        session.GetGradients(gradients);
        clean.GetGradients(cleanGradients);
        weights.Values.Should().Equal(problem.Start.Values, "the rate is 0, and noise is of the step alone");
        loss.Should().NotBe(cleanLoss).And.BeApproximately(cleanLoss, 0.5 * cleanLoss);
        gradients.Values.Should().NotEqual(cleanGradients.Values);
        clean.Step(problem.AllRows, 0).Should().Be(cleanLoss);
        session.Step(problem.AllRows, 0).Should().NotBe(loss, "each step has its own noise");
    }

    [TestMethod]
    public void ComputeGradients_WithNoise_LeavesTheWeights()
    {
        var problem = new TestProblem(Loss.SquaredError, 20, 3, 1, TestProblem.Mlp(3, [6, 5], 1, Activation.Tanh));
        using ManagedSession session = problem.Open(problem.Settings(update: new UpdateSettings { WeightNoise = 0.1f }));
        using ManagedSession other = problem.Open(problem.Settings(update: new UpdateSettings { WeightNoise = 0.1f }));
        var (weights, expected) = (problem.Start.Clone(), problem.Start.Clone());

        session.ComputeGradients(problem.AllRows, new StepSettings(0), weights);
        other.Step(problem.AllRows, 0);
        session.Step(problem.AllRows, 0.1f);
        other.Step(problem.AllRows, 0.1f);

        session.GetWeights(weights);
        other.GetWeights(expected);
        weights.Values.Should().Equal(expected.Values, "a pass for gradients leaves what a step of rate 0 leaves");
    }

    private static (TestProblem Problem, JsonElement Stored) Stored()
    {
        var stored = StoredValues.Load("optimizers.json").GetProperty("averages");
        var problem = new TestProblem(Loss.SquaredError, 12, 3, 1, TestProblem.Mlp(3, [4], 1, Activation.Tanh, normalize: true));
        PyTorchValues.Floats(stored.GetProperty("x")).CopyTo(problem.Data.Features.Array!, 0);
        PyTorchValues.Floats(stored.GetProperty("y")).CopyTo(problem.Data.Targets, 0);
        foreach (var tensor in problem.Start.Layout.Tensors)
            PyTorchValues.Floats(stored.GetProperty("start").GetProperty(tensor.Name)).CopyTo(problem.Start[tensor]);
        return (problem, stored);
    }

    private static void Hold(NetworkWeights actual, JsonElement expected, Func<ParameterTensor, bool>? which = null)
    {
        foreach (var tensor in actual.Layout.Tensors.Where(which ?? (_ => true)))
            Tolerances.ShouldBeClose(actual[tensor], PyTorchValues.Doubles(expected.GetProperty(tensor.Name)), Tolerances.PyTorch, tensor.Name);
    }

    private static (float[] Weights, float[] Averages) Train(TestProblem problem, EngineSettings settings, int threads)
    {
        using ManagedSession session = problem.Open(settings, threads);
        for (int step = 0; step < 5; step++)
            session.Step(problem.AllRows.AsSpan(step * 7, settings.MaximumBatchRows), 0.01f);
        var (weights, averages) = (problem.Start.Clone(), problem.Start.Clone());
        session.GetWeights(weights);
        session.GetAverages(averages);
        return (weights.Values, averages.Values);
    }
}
