using System.Text.Json;
using MLExtensions.Networks.HostOptimizers;
using MLExtensions.Networks.Managed;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class HostOptimizerTests
{
    [TestMethod]
    [DataRow("wolfe", 1, 8, 3, true)]
    [DataRow("wolfe long", 0.5, 20, 10, true)]
    [DataRow("fixed", 0.001, 5, 3, false)]
    public void Step_LbfgsOnRosenbrock_FollowsPyTorch(string name, double rate, int iterations, int history, bool lineSearch)
    {
        JsonElement[] expected = [.. StoredValues.Load("optimizers.json").GetProperty("lbfgs").GetProperty(name).EnumerateArray()];
        var lbfgs = new Lbfgs(new LbfgsOptions { MaximumIterations = iterations, HistorySize = history, LineSearch = lineSearch }, 4, Rosenbrock);
        double[] point = [-1.5, 2, 0.5, -0.25];

        foreach (var step in expected)
        {
            lbfgs.Step(point, rate).Should().BeApproximately(step.GetProperty("value").GetDouble(), 1e-6);

            point.Should().Equal(PyTorchValues.Doubles(step.GetProperty("x")), (x, y) => Math.Abs(x - y) < 1e-6);
        }
    }

    [TestMethod]
    public void Step_LbfgsOnLinearRegression_FindsTheMinimumAtOnce()
    {
        var problem = new TestProblem(Loss.SquaredError, 50, 3, 1, TestProblem.Mlp(3, [], 1, Activation.Identity));
        for (int row = 0; row < 50; row++)
            problem.Data.Targets[row] = 2 * problem.Data.Features.Array![3 * row] - problem.Data.Features.Array![3 * row + 1] + 0.5f;
        using ManagedSession session = problem.Open(problem.Settings(new LbfgsOptions()));
        var weights = problem.Start.Clone();

        double first = session.Step(problem.AllRows, 1);
        double second = session.Step(problem.AllRows, 1);

        session.GetWeights(weights);
        first.Should().BeGreaterThan(0.1);
        second.Should().BeLessThan(1e-9);
        weights.Values.Should().Equal([2, -1, 0, 0.5f], (x, y) => Math.Abs(x - y) < 1e-4);
    }

    [TestMethod]
    public void Step_LbfgsWithL2AndNormalization_FallsFasterThanAdam()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 60, 4, 3, TestProblem.Mlp(4, [8], 3, Activation.Tanh, normalize: true), weighted: true);
        using ManagedSession lbfgs = problem.Open(problem.Settings(new LbfgsOptions { MaximumIterations = 5 }, l2: 0.001f));
        using ManagedSession adam = problem.Open(problem.Settings(new AdamOptions(), l2: 0.001f));
        double[] losses = new double[10];
        double adamLoss = 0;

        for (int step = 0; step < losses.Length; step++)
        {
            losses[step] = lbfgs.Step(problem.AllRows, 1);
            for (int i = 0; i < 6; i++)
                adamLoss = adam.Step(problem.AllRows, 0.01f);
        }

        losses[^1].Should().BeLessThan(adamLoss, "it took about as many passes");
        losses.Should().BeInDescendingOrder();
    }

    [TestMethod]
    public void Step_CustomDescent_EqualsSgd()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 23, 5, 3, TestProblem.Mlp(5, [9, 7], 3, Activation.Tanh, normalize: true, dropout: 0.2f), weighted: true);
        UpdateSettings[] updates =
        [
            new(),
            new() { Factors = new() { Biases = 0.1f, LastLayer = 2 }, PenalizesAll = true, ClipNorm = 0.2f, MaximumNorm = 0.9f, AverageDecay = 0.5f },
            new() { ClipValue = 0.01f, WeightNoise = 0.1f, AverageDecay = 0.5f },
        ];
        foreach (var update in updates)
        {
            var descent = new PlainDescent();
            using ManagedSession own = problem.Open(problem.Settings(new CustomOptimizerOptions(_ => descent), l1: 0.01f, l2: 0.02f, update: update));
            using ManagedSession sgd = problem.Open(problem.Settings(new SgdOptions(), l1: 0.01f, l2: 0.02f, update: update));
            var (expected, actual) = (problem.Start.Clone(), problem.Start.Clone());

            for (int step = 0; step < 6; step++)
                own.Step(problem.AllRows, 0.1f).Should().BeApproximately(sgd.Step(problem.AllRows, 0.1f), 1e-5);

            sgd.GetWeights(expected);
            own.GetWeights(actual);
            actual.Values.Should().Equal(expected.Values, (x, y) => Math.Abs(x - y) < 1e-5);
            sgd.GetAverages(expected);
            own.GetAverages(actual);
            actual.Values.Should().Equal(expected.Values, (x, y) => Math.Abs(x - y) < 1e-5);
            (descent.Calls, descent.LastStep).Should().Be((6 * 10, 6));
        }
    }

    [TestMethod]
    public void Step_WeightThatIsNoNumberUnderL1_GivesALossThatIsNone()
    {
        var problem = new TestProblem(Loss.SquaredError, 20, 5, 1, TestProblem.Mlp(5, [4], 1, Activation.Relu));
        using var session = problem.Open(problem.Settings(new CustomOptimizerOptions(_ => new PlainDescent()), l1: 0.1f));
        var weights = problem.Start.Clone();
        weights.Values.AsSpan().Fill(float.NaN);
        session.SetWeights(weights);

        session.Step(problem.AllRows, 0.01f).Should().Be(double.NaN);
    }

    [TestMethod]
    public void Step_RowsWithoutWeight_CallNoOptimizer()
    {
        var problem = new TestProblem(Loss.SquaredError, 3, 2, 1, TestProblem.Mlp(2, [4], 1, Activation.Relu), weighted: true);
        Array.Clear(problem.Data.Weights!);
        var descent = new PlainDescent();
        foreach (var optimizer in new OptimizerOptions[] { new CustomOptimizerOptions(_ => descent), new LbfgsOptions() })
        {
            using ManagedSession session = problem.Open(problem.Settings(optimizer));
            var weights = problem.Start.Clone();

            session.Step([0, 1, 2], 1).Should().Be(0);

            session.GetWeights(weights);
            weights.Values.Should().Equal(problem.Start.Values);
        }
        descent.Calls.Should().Be(0);
    }

    [TestMethod]
    public void Open_LbfgsWithRandomSteps_IsRefused()
    {
        var plain = new TestProblem(Loss.SquaredError, 3, 2, 1, TestProblem.Mlp(2, [4], 1, Activation.Relu));
        var dropout = new TestProblem(Loss.SquaredError, 3, 2, 1, TestProblem.Mlp(2, [4], 1, Activation.Relu, dropout: 0.1f));
        var dropConnect = new TestProblem(Loss.SquaredError, 3, 2, 1, [new LinearLayer(2, 4, DropConnectRate: 0.1f), new LinearLayer(4, 1)]);
        var settings = plain.Settings(new LbfgsOptions());
        Action[] opens =
        [
            () => dropout.Open(settings),
            () => dropConnect.Open(settings),
            () => plain.Open(settings with { InputNoise = 0.1f }),
            () => plain.Open(settings with { Mixing = new MixupOptions() }),
            () => plain.Open(settings with { Update = new() { WeightNoise = 0.1f } }),
        ];

        opens.Should().AllSatisfy(open => open.Should().Throw<NotSupportedException>()
            .WithMessage("LbfgsOptions cannot train with dropout, noise or mixed rows: *"));
        plain.Open(settings).Dispose();
    }

    [TestMethod]
    public void Open_FactoryThatGivesNothing_IsRefused()
    {
        var problem = new TestProblem(Loss.SquaredError, 3, 2, 1, TestProblem.Mlp(2, [4], 1, Activation.Relu));

        Action open = () => problem.Open(problem.Settings(new CustomOptimizerOptions(_ => null!)));

        open.Should().Throw<InvalidOperationException>().WithMessage("CustomOptimizerOptions.Create gave no optimizer.");
    }

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double value = 0;
        gradient.Clear();
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double valley = x[i + 1] - x[i] * x[i], slope = 1 - x[i];
            value += 100 * valley * valley + slope * slope;
            gradient[i] += -400 * x[i] * valley - 2 * slope;
            gradient[i + 1] += 200 * valley;
        }
        return value;
    }
}
