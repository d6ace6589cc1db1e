using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>
/// The two engines side by side from the same weights, through the same rows in the same order. What differs is rounding, which
/// training amplifies: the bound is on the loss of every step, and on the weights after the last by the norm of each tensor.
/// </summary>
[TestClass]
public sealed class ParityTests
{
    private const double Tolerance = 1e-4;

    // Masks are drawn by libtorch, so DropConnect has other ones: DropoutTests.
    public static IEnumerable<object[]> NetworkNames => NetworkCases.Names.Where(name => (string)name[0] is not ("DropConnect" or "many members that share all but ends"));

    public static IEnumerable<object[]> Combinations =>
        from activation in Cases.Activations
        from loss in LossCases.Basic
        from normalize in new[] { false, true }
        from optimizer in Cases.Optimizers.Keys
        select new object[] { activation, loss, normalize, optimizer };

    public static IEnumerable<object[]> Losses =>
        from loss in LossCases.All
        from optimizer in new[] { "sgd momentum", "adam" }
        select new object[] { "tanh", loss, false, optimizer };

    [TestMethod]
    [DynamicData(nameof(Combinations))]
    [DynamicData(nameof(Losses))]
    public void Step_AnyCombination_StaysWithTheManagedEngineFor100Steps(string activation, string loss, bool normalize, string optimizer) =>
        HoldAgainstManaged(activation, loss, normalize, optimizer, new TorchSharpEngine(Device.Cpu));

    public static IEnumerable<object[]> FurtherCombinations =>
        from optimizer in Cases.FurtherOptimizers.Keys
        from normalize in new[] { false, true }
        select new object[] { optimizer, normalize };

    [TestMethod]
    [DynamicData(nameof(FurtherCombinations))]
    public void Step_FurtherOptimizer_StaysWithTheManagedEngineFor100Steps(string optimizer, bool normalize) =>
        HoldAgainstManaged("tanh", "softmax", normalize, optimizer, new TorchSharpEngine(Device.Cpu));

    [TestMethod]
    [DataRow("adamw amsgrad")]
    [DataRow("rmsprop momentum")]
    [DataRow("nadam")]
    public void Step_FactorsAndPenaltiesOnAll_StayWithTheManagedEngine(string optimizer)
    {
        var problem = new TestProblem(Loss.SquaredError, 61, 5, 3, TestProblem.Mlp(5, [9, 7], 3, Activation.Tanh, normalize: true));
        var update = new UpdateSettings
        {
            PenalizesAll = true,
            Factors = new() { Weights = 0.5f, Biases = 0.1f, Normalization = 2, FirstLayer = 3, LastLayer = 0.25f },
        };

        HoldAgainstManaged(problem, problem.Settings(Cases.Optimizer(optimizer), l2: 0.02f, batch: 17, update: update), steps: 60);
    }

    [TestMethod]
    [DataRow(1, 1, 1, 1, 3)]
    [DataRow(2, 3, 2, 1, 1)]
    [DataRow(54, 130, 49, 33, 20)]
    public void Step_OddShapes_StaysWithTheManagedEngine(int inputs, int first, int second, int outputs, int rows)
    {
        var layers = TestProblem.Mlp(inputs, [first, second], outputs, Activation.Tanh);
        var problem = new TestProblem(Loss.SquaredError, rows, inputs, outputs, layers);

        HoldAgainstManaged(problem, problem.Settings(new SgdOptions { Momentum = 0.5f }), steps: 20);
    }

    [TestMethod]
    public void Step_LayersInUnusualOrder_StaysWithTheManagedEngine()
    {
        Layer[] layers =
        [
            new BatchNormalizationLayer(6, Epsilon: 0.01f, Momentum: 0.3f), new LinearLayer(6, 8), new ActivationLayer(Activation.Gelu),
            new ActivationLayer(new EluActivation(0.5f)), new ActivationLayer(new LeakyReluActivation(0.2f)), new LinearLayer(8, 5), new LinearLayer(5, 2),
        ];
        var problem = new TestProblem(Loss.CrossEntropy, 40, 6, 2, layers);

        HoldAgainstManaged(problem, problem.Settings(batch: 20), steps: 50);
    }

    [TestMethod]
    [DynamicData(nameof(NetworkNames))]
    public void Step_NetworkCase_StaysWithTheManagedEngine(string name)
    {
        var problem = NetworkCases.Problem(name, 61);

        HoldAgainstManaged(problem, problem.Settings(new AdamOptions { Epsilon = 0.01f }, l2: 0.02f, batch: 17), steps: 100);
    }

    [TestMethod]
    [DynamicData(nameof(NetworkNames))]
    public void Step_NetworkCaseWithLimitsAndFactors_StaysWithTheManagedEngine(string name)
    {
        var problem = NetworkCases.Problem(name, 61);
        var update = new UpdateSettings
        {
            ClipNorm = 0.2f,
            MaximumNorm = 1.2f,
            PenalizesAll = true,
            Factors = new() { Biases = 0.5f, Normalization = 2, ActivationSlopes = 3, InputScales = 6, FirstLayer = 0.5f },
        };

        HoldAgainstManaged(problem, problem.Settings(new SgdOptions { Momentum = 0.5f }, l2: 0.02f, batch: 17, update: update), steps: 60);
    }

    [TestMethod]
    [DynamicData(nameof(NetworkNames))]
    public void Score_NetworkCase_EqualsTheManagedEngine(string name)
    {
        var problem = NetworkCases.Problem(name, 40, dropout: 0.4f);
        using var managed = OpenManaged(problem, problem.Settings(batch: 16));
        using var session = Open(problem, problem.Settings(batch: 16));
        float[] expected = new float[40 * 3], actual = new float[40 * 3];

        managed.Score(problem.AllRows, expected);
        session.Score(problem.AllRows, actual);

        ShouldBeClose(actual, expected, "outputs");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Step_NoiseAndMixingWithCategories_StaysWithTheManagedEngine(bool cuts)
    {
        var problem = NetworkCases.Problem("one-hot", 61);
        RowMixingOptions mixing = cuts ? new CutMixOptions() : new MixupOptions { Alpha = 1 };

        HoldAgainstManaged(problem, problem.Settings(batch: 17) with { InputNoise = 0.5f, Mixing = mixing }, steps: 100);
    }

    [TestMethod]
    public void Score_InvalidIndex_CountsAsNoCategory()
    {
        // Rows that are gathered elsewhere are not looked at before.
        var problem = NetworkCases.Problem("one-hot", 6);
        float[] odd = [-1, 3, 0.5f, float.NaN, float.PositiveInfinity, 2];
        for (int row = 0; row < 6; row++)
            problem.Data.Features.Array![row * 5 + 1] = odd[row];
        var data = problem.Data with { Features = new UnseenRows(problem.Data.Features) };
        using var managed = new ManagedEngine { Threads = 1 }.Open(problem.Network, data, problem.Settings());
        using var session = new TorchSharpEngine(Device.Cpu).Open(problem.Network, data, problem.Settings());
        managed.SetWeights(problem.Start);
        session.SetWeights(problem.Start);
        float[] expected = new float[18], actual = new float[18];

        managed.Score(problem.AllRows, expected);
        session.Score(problem.AllRows, actual);

        ShouldBeClose(actual, expected, "outputs");
        actual.Should().OnlyContain(output => float.IsFinite(output));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Step_BatchOfOneRowWithNormalization_StaysWithTheManagedEngine(bool affine)
    {
        Layer[] layers = [new LinearLayer(3, 5), new BatchNormalizationLayer(5, Affine: affine), new ActivationLayer(Activation.Relu), new LinearLayer(5, 1)];
        var problem = new TestProblem(Loss.SquaredError, 4, 3, 1, layers);

        HoldAgainstManaged(problem, problem.Settings(batch: 1), steps: 8);
    }

    [TestMethod]
    public void Step_LinearModel_StaysWithTheManagedEngine()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 30, 4, 1, TestProblem.Mlp(4, [], 1, Activation.Identity));

        HoldAgainstManaged(problem, problem.Settings(new AdamWOptions { Epsilon = 0.01f }, l1: 0.01f, batch: 10), steps: 100);
    }

    [TestMethod]
    public void Step_GradientThatNeverChanges_CentredRmsPropStaysFinite()
    {
        // All features zero: the bias of the output has the same gradient step after step, and its variance is rounding.
        var problem = new TestProblem(Loss.SquaredError, 4, 2, 1, TestProblem.Mlp(2, [], 1, Activation.Identity));
        Array.Clear(problem.Data.Features.Array!);
        Array.Fill(problem.Data.Targets, 1e6f);
        var weights = new NetworkWeights(problem.Start.Layout);
        using var session = Open(problem, problem.Settings(new RmsPropOptions { Centered = true, Alpha = 0.5f }));

        for (int step = 0; step < 40; step++)
            session.Step(problem.AllRows, 1e-9f);

        session.GetWeights(weights);
        weights.Values.Should().OnlyContain(weight => float.IsFinite(weight));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Score_AnyRows_EqualsTheManagedEngine(bool normalize)
    {
        var layers = TestProblem.Mlp(6, [20, 10], 3, Activation.Silu, normalize, dropout: 0.4f);
        var problem = new TestProblem(Loss.CrossEntropy, 40, 6, 3, layers);
        using var managed = OpenManaged(problem, problem.Settings(batch: 16));
        using var session = Open(problem, problem.Settings(batch: 16));
        int[] rows = [7, 39, 0, 7, .. problem.AllRows];
        float[] expected = new float[rows.Length * 3], actual = new float[rows.Length * 3];

        managed.Score(rows, expected);
        session.Score(rows, actual);

        ShouldBeClose(actual, expected, "outputs");
    }

    /// <summary>Takes 100 steps of a small weighted problem with an engine and the managed one.</summary>
    internal static void HoldAgainstManaged(string activation, string loss, bool normalize, string optimizer, IMlpEngine engine)
    {
        int outputs = LossCases.Outputs(loss);
        var layers = TestProblem.Mlp(5, [9, 7], outputs, Cases.Activation(activation), normalize);
        var problem = new TestProblem(LossCases.Of(loss), rows: 61, inputs: 5, outputs, layers, weighted: true);

        // No L1: its gradient jumps where a weight changes sign, which a last bit can decide. Step_LinearModel has it.
        HoldAgainstManaged(problem, problem.Settings(Cases.Optimizer(optimizer), l2: 0.02f, batch: 17), 100, engine);
    }

    /// <summary>Takes the same steps with an engine, by default TorchSharp on the CPU, and the managed one.</summary>
    internal static void HoldAgainstManaged(TestProblem problem, EngineSettings settings, int steps, IMlpEngine? engine = null, DataBlock? data = null)
    {
        // Optimizers that divide by the size of the gradient take steps as long as the learning rate, however flat the loss. At 0.02 with
        // normalization the managed engine too, started from weights one unit in the last place apart, has left its own path by more
        // than the bound after 100 steps.
        // Momentum lengthens such a step; and where the derivative jumps, as SELU's does from 1.76 to 1.05, a last bit tells at 0.005 too.
        float learningRate = settings.Optimizer switch
        {
            SgdOptions => 0.02f,
            RmsPropOptions { Momentum: var momentum } => 0.005f * (1 - momentum),
            _ => 0.005f,
        };
        using var managed = OpenManaged(problem, settings);
        using var session = Open(engine ?? new TorchSharpEngine(Device.Cpu), problem, settings, data);
        var (expected, actual) = (problem.Start.Clone(), problem.Start.Clone());

        for (int step = 0; step < steps; step++)
        {
            int[] rows = [.. Enumerable.Range(0, settings.MaximumBatchRows).Select(i => (step * 23 + i * 5) % problem.Data.Rows)];
            double expectedLoss = managed.Step(rows, learningRate);
            double loss = session.Step(rows, learningRate);

            loss.Should().BeApproximately(expectedLoss, 1e-6 + Tolerance * Math.Abs(expectedLoss), "step {0}", step);
        }

        managed.GetWeights(expected);
        session.GetWeights(actual);
        // The gradient of a bias that normalization cancels is nothing but rounding.
        foreach (var tensor in problem.Start.Layout.Tensors.Where(tensor => !Cases.IsBiasBeforeNormalization(problem.Network, tensor)))
            ShouldBeClose(actual[tensor], expected[tensor], tensor.Name);
        actual.Values.Should().NotEqual(problem.Start.Values);
    }

    private static IMlpSession Open(TestProblem problem, EngineSettings settings) => Open(new TorchSharpEngine(Device.Cpu), problem, settings);

    private static IMlpSession OpenManaged(TestProblem problem, EngineSettings settings) => Open(new ManagedEngine { Threads = 1 }, problem, settings);

    private static IMlpSession Open(IMlpEngine engine, TestProblem problem, EngineSettings settings, DataBlock? data = null)
    {
        var session = engine.Open(problem.Network, data ?? problem.Data, settings);
        session.SetWeights(problem.Start);
        return session;
    }

    private static void ShouldBeClose(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string what)
    {
        double difference = 0, norm = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            difference += Math.Pow((double)actual[i] - expected[i], 2);
            norm += Math.Pow(expected[i], 2);
        }
        Math.Sqrt(difference).Should().BeLessThanOrEqualTo(Tolerance * Math.Max(Math.Sqrt(norm), 0.01), what);
    }
}
