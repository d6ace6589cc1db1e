using MLExtensions.Networks.Managed;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class ManagedSessionTests
{
    public static IEnumerable<object[]> Combinations =>
        from activation in Cases.Activations
        from loss in LossCases.Basic
        from normalize in new[] { false, true }
        from optimizer in Cases.Optimizers.Keys
        select new object[] { activation, loss, normalize, optimizer };

    public static IEnumerable<object[]> Losses => LossCases.All.Select(loss => new object[] { "silu", loss, true, "adam" });

    [TestMethod]
    [DynamicData(nameof(Combinations))]
    [DynamicData(nameof(Losses))]
    public void Step_AnyCombination_FollowsReference(string activation, string loss, bool normalize, string optimizer)
    {
        int outputs = LossCases.Outputs(loss);
        var layers = TestProblem.Mlp(5, [9, 7], outputs, Cases.Activation(activation), normalize, dropout: 0.25f);
        var problem = new TestProblem(LossCases.Of(loss), rows: 23, inputs: 5, outputs, layers, weighted: true);

        HoldAgainstReference(problem, Cases.Optimizers[optimizer], l1: 0.003f, l2: 0.02f, batch: 11, steps: 4);
    }

    [TestMethod]
    [DataRow(1, 1, 1, 1)]
    [DataRow(2, 3, 2, 1)]
    [DataRow(7, 17, 15, 5)]
    [DataRow(16, 16, 16, 16)]
    [DataRow(31, 33, 65, 17)]
    [DataRow(64, 64, 64, 7)]
    [DataRow(65, 70, 66, 70)]
    [DataRow(54, 130, 49, 33)]
    public void Step_OddShapes_FollowsReference(int inputs, int first, int second, int outputs)
    {
        foreach (int rows in new[] { 1, 6, 13, 50 })
        {
            // Normalization of one unit fed by one feature cancels whatever the weight is: no gradient but rounding.
            bool normalize = rows > 1 && inputs > 1;
            var layers = TestProblem.Mlp(inputs, [first, second], outputs, Activation.Tanh, normalize);
            var problem = new TestProblem(Loss.SquaredError, rows, inputs, outputs, layers);

            HoldAgainstReference(problem, new SgdOptions { Momentum = 0.5f }, batch: rows, steps: 2);
        }
    }

    [TestMethod]
    [DataRow("inputs")]
    [DataRow("first")]
    [DataRow("second")]
    [DataRow("outputs")]
    [DataRow("rows")]
    public void Step_EverySizeFrom1To70OfOneDimension_FollowsReference(string dimension)
    {
        for (int size = 1; size <= 70; size++)
        {
            int Size(string name, int usual) => name == dimension ? size : usual;
            (int inputs, int outputs, int rows) = (Size("inputs", 5), Size("outputs", 3), Size("rows", 9));
            var layers = TestProblem.Mlp(inputs, [Size("first", 6), Size("second", 4)], outputs, Activation.Relu, dropout: 0.2f);
            var problem = new TestProblem(Loss.CrossEntropy, rows, inputs, outputs, layers, weighted: true);

            HoldAgainstReference(problem, new AdamOptions(), batch: rows, steps: 2);
        }
    }

    [TestMethod]
    public void Step_NormalizationAndDropoutOnInput_FollowsReference()
    {
        Layer[] layers =
        [
            new DropoutLayer(0.2f), new BatchNormalizationLayer(6), new DropoutLayer(0.1f), new LinearLayer(6, 8),
            new ActivationLayer(Activation.Gelu), new ActivationLayer(Activation.Tanh), new DropoutLayer(0.3f),
            new LinearLayer(8, 5), new LinearLayer(5, 2),
        ];
        var problem = new TestProblem(Loss.CrossEntropy, 20, 6, 2, layers);

        HoldAgainstReference(problem, new SgdOptions(), batch: 20, steps: 3);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(13)]
    public void Step_AnyNumberOfThreads_GivesTheSameBits(int threads)
    {
        var layers = TestProblem.Mlp(20, [70, 33], 4, Activation.Gelu, normalize: true, dropout: 0.3f);
        var problem = new TestProblem(Loss.CrossEntropy, 200, 20, 4, layers, weighted: true);
        EngineSettings settings = problem.Settings(new AdamOptions(), l1: 0.001f, l2: 0.01f, batch: 101);

        (float[] expected, double expectedLoss) = Train(problem, settings, threads: 1);
        (float[] actual, double actualLoss) = Train(problem, settings, threads);

        actual.Should().Equal(expected);
        actualLoss.Should().Be(expectedLoss);
    }

    [TestMethod]
    public void Step_OtherSeed_GivesOtherWeights()
    {
        var problem = new TestProblem(Loss.SquaredError, 60, 4, 1, TestProblem.Mlp(4, [8], 1, Activation.Relu, dropout: 0.5f));

        (float[] first, _) = Train(problem, problem.Settings(batch: 30, seed: 1), threads: 1);
        (float[] second, _) = Train(problem, problem.Settings(batch: 30, seed: 2), threads: 1);

        second.Should().NotEqual(first);
    }

    [TestMethod]
    public void Step_WeightsAddUpToZero_DoesNothing()
    {
        var problem = new TestProblem(Loss.SquaredError, 3, 2, 1, TestProblem.Mlp(2, [4], 1, Activation.Relu), weighted: true);
        Array.Clear(problem.Data.Weights!);
        using ManagedSession session = problem.Open(problem.Settings(new SgdOptions { LearningRate = 1 }));
        var weights = new NetworkWeights(problem.Start.Layout);

        double loss = session.Step([0, 1, 2], 1);

        session.GetWeights(weights);
        loss.Should().Be(0);
        weights.Values.Should().Equal(problem.Start.Values);
    }

    [TestMethod]
    public void Step_RowOfWeightZero_DoesNotCount()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 4, 3, 2, TestProblem.Mlp(3, [5], 2, Activation.Tanh), weighted: true);
        problem.Data.Weights![3] = 0;
        using ManagedSession with = problem.Open(problem.Settings());
        using ManagedSession without = problem.Open(problem.Settings());

        double lossWith = with.Step([0, 1, 2, 3], 0.1f);
        double lossWithout = without.Step([0, 1, 2], 0.1f);

        (lossWith * 4).Should().BeApproximately(lossWithout * 3, 1e-6, "it is no more than a row that is missing");
    }

    [TestMethod]
    public void Step_RowsInAnyBatch_CountByTheirOwnWeights()
    {
        var problem = new TestProblem(Loss.SquaredError, 6, 3, 1, TestProblem.Mlp(3, [5], 1, Activation.Tanh), weighted: true);
        using ManagedSession session = problem.Open(problem.Settings());
        var whole = new NetworkWeights(problem.Start.Layout);
        var part = new NetworkWeights(problem.Start.Layout);
        double[] sums = new double[whole.Values.Length];

        double loss = session.ComputeGradients(problem.AllRows, new StepSettings(0), whole)!.Value;
        double sum = 0;
        foreach (int[] rows in new int[][] { [0], [1, 2], [3, 4, 5] })
        {
            sum += rows.Length / 6.0 * session.ComputeGradients(rows, new StepSettings(0), part)!.Value;
            for (int i = 0; i < sums.Length; i++)
                sums[i] += rows.Length / 6.0 * part.Values[i];
        }

        sum.Should().BeApproximately(loss, 1e-6);
        Tolerances.ShouldBeClose(whole.Values, sums, Tolerances.OneStep, "gradients of the whole and of its parts");
    }

    [TestMethod]
    public void Step_NaNFeature_GivesNaNLoss()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 4, 3, 2, TestProblem.Mlp(3, [5], 2, Activation.Relu));
        problem.Data.Features.Array![4] = float.NaN;
        using ManagedSession session = problem.Open(problem.Settings());

        double loss = session.Step([0, 1, 2, 3], 0.1f);

        loss.Should().Be(double.NaN);
    }

    [TestMethod]
    public void Step_BatchOfOneRowWithNormalization_StaysFinite()
    {
        var problem = new TestProblem(Loss.SquaredError, 1, 3, 1, TestProblem.Mlp(3, [5], 1, Activation.Relu, normalize: true));
        using ManagedSession session = problem.Open(problem.Settings());
        var weights = new NetworkWeights(problem.Start.Layout);

        double loss = session.Step([0], 0.1f);

        session.GetWeights(weights);
        double.IsFinite(loss).Should().BeTrue();
        weights.Values.Should().OnlyContain(w => float.IsFinite(w));
    }

    [TestMethod]
    public void Step_AfterTheFirst_AllocatesNothing()
    {
        var layers = TestProblem.Mlp(20, [30, 30], 3, Activation.Relu, normalize: true, dropout: 0.1f);
        var problem = new TestProblem(Loss.CrossEntropy, 64, 20, 3, layers);
        using ManagedSession session = problem.Open(problem.Settings(new AdamOptions()));

        Allocations.LeastOf(() => session.Step(problem.AllRows, 0.01f), times: 10).Should().Be(0);
    }

    [TestMethod]
    public void Step_AnyLoss_AllocatesNothingAfterTheFirst()
    {
        foreach (string loss in LossCases.All)
        {
            int outputs = LossCases.Outputs(loss);
            var problem = new TestProblem(LossCases.Of(loss), 64, 20, outputs, TestProblem.Mlp(20, [16], outputs, Activation.Relu));
            using ManagedSession session = problem.Open(problem.Settings(new AdamOptions()));

            Allocations.LeastOf(() => session.Step(problem.AllRows, 0.001f), times: 10).Should().Be(0, loss);
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Score_AfterTraining_EqualsReferenceWithRunningStatistics(bool normalize)
    {
        var layers = TestProblem.Mlp(6, [20, 10], 3, Activation.Silu, normalize, dropout: 0.4f);
        var problem = new TestProblem(Loss.CrossEntropy, 40, 6, 3, layers);
        using ManagedSession session = problem.Open(problem.Settings(batch: 16));
        session.Step([.. Enumerable.Range(0, 16)], 0.1f);
        var weights = new NetworkWeights(problem.Start.Layout);
        session.GetWeights(weights);
        var outputs = new float[40 * 3];

        session.Score(problem.AllRows, outputs);

        double[][] expected = new ReferenceNetwork(problem.Network, weights).Forward(problem.ReferenceRows(problem.AllRows), training: false);
        Tolerances.ShouldBeClose(outputs, expected.SelectMany(row => row).ToArray(), Tolerances.OneStep, "outputs");
    }

    [TestMethod]
    public void GetWeights_AfterSetWeights_GivesTheSame()
    {
        var problem = new TestProblem(Loss.SquaredError, 3, 67, 70, TestProblem.Mlp(67, [130], 70, Activation.Relu, normalize: true));
        using ManagedSession session = problem.Open(problem.Settings());
        var weights = new NetworkWeights(problem.Start.Layout);

        session.GetWeights(weights);

        weights.Values.Should().Equal(problem.Start.Values);
    }

    [TestMethod]
    public void Step_RowOutsideData_IsRefused()
    {
        var problem = new TestProblem(Loss.SquaredError, 3, 2, 1, TestProblem.Mlp(2, [4], 1, Activation.Relu));
        using ManagedSession session = problem.Open(problem.Settings());

        Action act = () => session.Step([0, 3], 0.1f);

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Row indices must be from 0 to 2, got 3.*");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    public void Step_WrongNumberOfRows_IsRefused(int rows)
    {
        var problem = new TestProblem(Loss.SquaredError, 3, 2, 1, TestProblem.Mlp(2, [4], 1, Activation.Relu));
        using ManagedSession session = problem.Open(problem.Settings());

        Action act = () => session.Step(new int[rows], 0.1f);

        act.Should().Throw<ArgumentException>().WithMessage($"A step needs from 1 to 3 rows, got {rows}.*");
    }

    internal static ReferenceOptimizer HoldAgainstReference(
        TestProblem problem, OptimizerOptions optimizer, int batch, int steps, float l1 = 0, float l2 = 0, int threads = 2, UpdateSettings? update = null)
    {
        const float LearningRate = 0.05f;
        EngineSettings settings = problem.Settings(optimizer, l1, l2, batch, update: update);
        using ManagedSession session = problem.Open(settings, threads);
        var reference = new ReferenceNetwork(problem.Network, problem.Start);
        var referenceOptimizer = new ReferenceOptimizer(optimizer, l1, l2, update);
        var actual = problem.Start.Clone();

        for (int step = 0; step < steps; step++)
        {
            int[] rows = [.. Enumerable.Range(0, batch).Select(i => (step * batch + i * 5) % problem.Data.Rows)];
            int number = step;
            reference.DropoutFactor = (layer, row, unit) => DropoutMasks.Factor(problem.Network, settings.Seed, number, layer, row, unit);
            reference.DropConnectFactor = (layer, output, input) => DropoutMasks.WeightFactor(problem.Network, settings.Seed, number, layer, output, input);
            double loss = session.Step(rows, LearningRate);
            double expected = reference.LossAndGradients(problem.ReferenceRows(rows), outputs => problem.ReferenceLossOf(outputs, rows));
            referenceOptimizer.Step(reference, LearningRate);

            loss.Should().BeApproximately(expected, 1e-5 + 1e-4 * Math.Abs(expected), "step {0}", step);
            if (step == 0)
            {
                session.GetGradients(actual);
                Tolerances.ShouldBeClose(actual, reference.Gradients, Tolerances.OneStep, t => t.IsTrained && !Cases.IsBiasBeforeNormalization(problem.Network, t));
            }
        }

        session.GetWeights(actual);
        Tolerances.ShouldBeClose(actual, reference.Parameters, Tolerances.SeveralSteps);
        return referenceOptimizer;
    }

    private static (float[] Weights, double Loss) Train(TestProblem problem, EngineSettings settings, int threads)
    {
        using ManagedSession session = problem.Open(settings, threads);
        double loss = 0;
        for (int step = 0; step < 5; step++)
            loss += session.Step(problem.AllRows.AsSpan(step * 7, settings.MaximumBatchRows), 0.01f);
        var weights = new NetworkWeights(problem.Start.Layout);
        session.GetWeights(weights);
        return (weights.Values, loss);
    }
}
