using MLExtensions.Networks.Managed;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class FurtherOptimizerSessionTests
{
    public static IEnumerable<object[]> Combinations =>
        from optimizer in Cases.FurtherOptimizers.Keys
        from loss in LossCases.Basic
        from normalize in new[] { false, true }
        select new object[] { optimizer, loss, normalize };

    [TestMethod]
    [DynamicData(nameof(Combinations))]
    public void Step_FurtherOptimizer_FollowsReference(string optimizer, string loss, bool normalize)
    {
        int outputs = LossCases.Outputs(loss);
        var layers = TestProblem.Mlp(5, [9, 7], outputs, Activation.Tanh, normalize, dropout: 0.25f);
        var problem = new TestProblem(LossCases.Of(loss), rows: 23, inputs: 5, outputs, layers, weighted: true);

        ManagedSessionTests.HoldAgainstReference(problem, Cases.FurtherOptimizers[optimizer], l1: 0.003f, l2: 0.02f, batch: 11, steps: 8);
    }

    [TestMethod]
    [DataRow("adamw")]
    [DataRow("adamw amsgrad")]
    [DataRow("sgd nesterov")]
    [DataRow("rmsprop centered")]
    public void Step_FactorsAndPenaltiesOnAll_FollowReference(string optimizer)
    {
        var problem = new TestProblem(Loss.CrossEntropy, 23, 5, 3, TestProblem.Mlp(5, [9, 7], 3, Activation.Tanh, normalize: true));
        var update = new UpdateSettings
        {
            PenalizesAll = true,
            Factors = new() { Weights = 0.5f, Biases = 0.1f, Normalization = 2, FirstLayer = 3, LastLayer = 0.25f },
        };

        ManagedSessionTests.HoldAgainstReference(
            problem, Cases.Optimizer(optimizer),
            l1: 0.003f, l2: 0.02f, batch: 11, steps: 8, update: update);
    }

    [TestMethod]
    [DataRow("adam")]
    [DataRow("adamw")]
    [DataRow("adamw amsgrad")]
    [DataRow("adamp")]
    public void Step_NeuralTangent_DividesTheStepOfAMatrixByTheRootOfItsInputsAndNotItsDecay(string optimizer)
    {
        const float Rate = 0.125f;
        const float Decay = 0.25f;
        var problem = new TestProblem(Loss.SquaredError, 20, 4, 2, TestProblem.Mlp(4, [16], 2, Activation.Tanh));
        OptimizerOptions options = optimizer switch
        {
            "adam" => new AdamOptions(),
            "adamp" => new AdamPOptions { WeightDecay = Decay, DecayRatio = 1, Delta = 0 },
            _ => new AdamWOptions { WeightDecay = Decay, AmsGrad = optimizer == "adamw amsgrad" },
        };
        var plain = After(new UpdateSettings());
        var divided = After(new UpdateSettings { NeuralTangent = true });

        Hold("0.weight", 0.5f);
        Hold("0.bias", 1);
        Hold("2.weight", 0.25f);
        Hold("2.bias", 1);

        NetworkWeights After(UpdateSettings update)
        {
            using ManagedSession session = problem.Open(problem.Settings(options, update: update));
            session.Step(problem.AllRows, Rate);
            var weights = problem.Start.Clone();
            session.GetWeights(weights);
            return weights;
        }

        void Hold(string name, float share)
        {
            float kept = optimizer == "adam" || name.EndsWith("bias", StringComparison.Ordinal) ? 1 : 1 - Rate * Decay;
            for (int i = 0; i < plain[name].Length; i++)
            {
                float start = problem.Start[name][i] * kept;
                (divided[name][i] - start).Should().BeApproximately(share * (plain[name][i] - start), 1e-6f, name);
            }
        }
    }

    [TestMethod]
    public void Step_FactorsOfALinearModel_BothApplyToItsOnlyLayer()
    {
        var problem = new TestProblem(Loss.SquaredError, 10, 4, 2, TestProblem.Mlp(4, [], 2, Activation.Identity));

        ManagedSessionTests.HoldAgainstReference(
            problem, new SgdOptions(), batch: 10, steps: 5, update: new UpdateSettings { Factors = new() { FirstLayer = 0.5f, LastLayer = 3 } });
    }

    [TestMethod]
    [DataRow(0.1f, false)]
    [DataRow(0.1f, true)]
    [DataRow(1f, false)]
    [DataRow(3f, true)]
    public void Step_AdamP_ProjectsWhereTheReferenceDoes(float delta, bool normalize)
    {
        var problem = new TestProblem(Loss.CrossEntropy, 40, 9, 3, TestProblem.Mlp(9, [70, 5], 3, Activation.Tanh, normalize));
        var options = new AdamPOptions { Epsilon = 1e-3f, Delta = delta, WeightDecay = 0.2f, DecayRatio = 0.3f };
        var update = new UpdateSettings { ClipNorm = 0.5f, PenalizesAll = true, Factors = new() { FirstLayer = 2 } };

        var reference = ManagedSessionTests.HoldAgainstReference(problem, options, batch: 20, steps: 6, update: update);

        // Weights before normalization have gradients at right angles to them; others need a generous delta, or luck.
        if (normalize || delta > 0.5f)
            reference.Projections.Sum().Should().BePositive();
    }

    [TestMethod]
    public void Step_AdamPWithNormalization_KeepsWeightsShorterThanAdam()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 40, 9, 3, TestProblem.Mlp(9, [20], 3, Activation.Tanh, normalize: true));

        double NormAfter(OptimizerOptions options)
        {
            using var session = problem.Open(problem.Settings(options));
            for (int step = 0; step < 50; step++)
                session.Step(problem.AllRows, 0.02f);
            var weights = problem.Start.Clone();
            session.GetWeights(weights);
            return Math.Sqrt(weights["0.weight"].ToArray().Sum(w => (double)w * w));
        }

        NormAfter(new AdamPOptions()).Should().BeLessThan(0.98 * NormAfter(new AdamOptions()));
    }
}
