namespace MLExtensions.Networks.Tests;

/// <summary>What the factors of a step do in the managed engine: the same as a session opened with the product.</summary>
[TestClass]
[TestCategory("Engine")]
public sealed class StepSettingsTests
{
    public static IEnumerable<object[]> Optimizers => Cases.Optimizers.Keys.Concat(Cases.FurtherOptimizers.Keys).Append("own").Append("L-BFGS").Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void Step_WeightDecayFactor_MultipliesPenaltiesAndDecay(string name)
    {
        var problem = new TestProblem(Loss.SquaredError, 20, 4, 1, TestProblem.Mlp(4, [6], 1, Activation.Tanh));
        OptimizerOptions optimizer = name switch
        {
            "own" => new CustomOptimizerOptions(_ => new PlainDescent()),
            "L-BFGS" => new LbfgsOptions { MaximumIterations = 2 },
            _ => Cases.Optimizer(name),
        };
        var quartered = optimizer switch
        {
            AdamWOptions adam => adam with { WeightDecay = adam.WeightDecay / 4 },
            AdamPOptions adam => adam with { WeightDecay = adam.WeightDecay / 4 },
            MuonOptions muon => muon with { WeightDecay = muon.WeightDecay / 4 },
            _ => optimizer,
        };

        float[] expected = Train(problem, problem.Settings(quartered, l1: 0.02f, l2: 0.04f), new StepSettings(0.05f));
        float[] actual = Train(problem, problem.Settings(optimizer, l1: 0.08f, l2: 0.16f), new StepSettings(0.05f, WeightDecayFactor: 0.25f));
        float[] without = Train(problem, problem.Settings(optimizer, l1: 0.08f, l2: 0.16f), new StepSettings(0.05f));

        actual.Should().Equal(expected);
        without.Should().NotEqual(expected);
    }

    [TestMethod]
    public void Step_DropoutFactor_MultipliesTheRate()
    {
        var half = new TestProblem(Loss.SquaredError, 20, 4, 1, TestProblem.Mlp(4, [30], 1, Activation.Tanh, dropout: 0.5f));
        var eighth = new TestProblem(Loss.SquaredError, 20, 4, 1, TestProblem.Mlp(4, [30], 1, Activation.Tanh, dropout: 0.125f));
        var none = new TestProblem(Loss.SquaredError, 20, 4, 1, TestProblem.Mlp(4, [30], 1, Activation.Tanh, dropout: float.Epsilon));

        Train(half, half.Settings(), new StepSettings(0.05f, DropoutFactor: 0.25f)).Should().Equal(Train(eighth, eighth.Settings(), new StepSettings(0.05f)));
        Train(half, half.Settings(), new StepSettings(0.05f, DropoutFactor: 0)).Should().Equal(Train(none, none.Settings(), new StepSettings(0.05f)));
        Train(half, half.Settings(), new StepSettings(0.05f)).Should().NotEqual(Train(eighth, eighth.Settings(), new StepSettings(0.05f)));
    }

    [TestMethod]
    public void Step_DropoutFactor_MultipliesTheRateOfDropConnect()
    {
        TestProblem Problem(float rate) => new(
            Loss.SquaredError, 20, 4, 1, [new LinearLayer(4, 30, rate), new ActivationLayer(Activation.Tanh), new LinearLayer(30, 1)]);
        var (half, eighth, none) = (Problem(0.5f), Problem(0.125f), Problem(float.Epsilon));

        Train(half, half.Settings(), new StepSettings(0.05f, DropoutFactor: 0.25f)).Should().Equal(Train(eighth, eighth.Settings(), new StepSettings(0.05f)));
        Train(half, half.Settings(), new StepSettings(0.05f, DropoutFactor: 0)).Should().Equal(Train(none, none.Settings(), new StepSettings(0.05f)));
        Train(half, half.Settings(), new StepSettings(0.05f)).Should().NotEqual(Train(eighth, eighth.Settings(), new StepSettings(0.05f)));
    }

    [TestMethod]
    public void Step_DropoutFactor_ReachesOwnOptimizersToo()
    {
        var own = new CustomOptimizerOptions(_ => new PlainDescent());
        var half = new TestProblem(Loss.SquaredError, 20, 4, 1, TestProblem.Mlp(4, [30], 1, Activation.Tanh, dropout: 0.5f));
        var eighth = new TestProblem(Loss.SquaredError, 20, 4, 1, TestProblem.Mlp(4, [30], 1, Activation.Tanh, dropout: 0.125f));

        Train(half, half.Settings(own), new StepSettings(0.05f, DropoutFactor: 0.25f)).Should().Equal(Train(eighth, eighth.Settings(own), new StepSettings(0.05f)));
    }

    private static float[] Train(TestProblem problem, EngineSettings settings, StepSettings step)
    {
        using var session = problem.Open(settings);
        for (int i = 0; i < 5; i++)
            session.Step(problem.AllRows, step);
        var weights = new NetworkWeights(problem.Start.Layout);
        session.GetWeights(weights);
        return weights.Values;
    }
}
