using MLExtensions.Networks.Managed;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class NetworkScorerTests
{
    public static IEnumerable<object[]> Activations => Cases.Activations.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Activations))]
    public void ScoreBatch_AnyActivation_EqualsReference(string activation)
    {
        var layers = TestProblem.Mlp(9, [40, 70], 5, Cases.Activation(activation), normalize: true, dropout: 0.5f);
        Hold(new TestProblem(Loss.SquaredError, 60, 9, 5, layers));
    }

    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(54, 64, 7)]
    [DataRow(70, 65, 129)]
    [DataRow(600, 130, 3)]
    public void ScoreBatch_OddShapes_EqualsReference(int inputs, int hidden, int outputs) =>
        Hold(new TestProblem(Loss.SquaredError, 50, inputs, outputs, TestProblem.Mlp(inputs, [hidden, hidden], outputs, Activation.Relu)));

    [TestMethod]
    public void ScoreBatch_NormalizationWithoutLinearBefore_EqualsReference() => Hold(new TestProblem(Loss.SquaredError, 20, 70, 2,
    [
        new BatchNormalizationLayer(70), new LinearLayer(70, 6), new ActivationLayer(Activation.Tanh),
        new BatchNormalizationLayer(6), new LinearLayer(6, 2),
    ]));

    [TestMethod]
    [DataRow(600, 600)]
    [DataRow(20, 2)]
    [DataRow(130, 65)]
    public void ScoreBatch_MaxoutFirst_EqualsReference(int inputs, int pieces) => Hold(new TestProblem(Loss.SquaredError, 20, inputs, 1,
        [new MaxoutLayer(inputs / pieces, pieces), new LinearLayer(inputs / pieces, 1)]));

    [TestMethod]
    public void ScoreBatch_AnyValidNetwork_EqualsReference()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            int inputs = Size();
            var layers = new List<Layer>();
            if (seed % 3 == 0)
                layers.Add(new OneHotLayer(RowLayout.Of([.. Enumerable.Range(0, inputs).Select(_ => random.Next(8) == 0 ? 1 + random.Next(90) : 0)])));
            int width = layers.FirstOrDefault()?.OutputsFor(inputs) ?? inputs;
            for (int count = random.Next(8); count > 0; count--)
            {
                Layer layer = random.Next(8) switch
                {
                    0 => new LinearLayer(width, Size()),
                    1 => new BatchNormalizationLayer(width, Affine: random.Next(2) == 0),
                    2 when width > 1 => new LayerNormalizationLayer(width, Epsilon: 0.1f, Affine: random.Next(2) == 0),
                    3 => new PReluLayer(width, PerUnit: random.Next(2) == 0),
                    4 => new ScalingLayer(width),
                    5 when Enumerable.Range(2, width).FirstOrDefault(pieces => width % pieces == 0) is > 1 and var pieces && pieces <= width => new MaxoutLayer(width / pieces, pieces),
                    6 => new DropoutLayer(0.5f),
                    7 when random.Next(2) == 0 => new MixedActivationLayer(width, Activation.Mish),
                    _ => new ActivationLayer(Activation.Tanh),
                };
                width = layer.OutputsFor(width)!.Value;
                layers.Add(layer);
            }
            int outputs = Size();
            layers.Add(new LinearLayer(width, outputs));

            Hold(new TestProblem(Loss.SquaredError, 1 + random.Next(60), inputs, outputs, layers, seed: seed));

            int Size() => random.Next(4) == 0 ? 1 + random.Next(300) : 1 + random.Next(40);
        }
    }

    [TestMethod]
    public void ScoreBatch_TrainedNetwork_EqualsSessionScore()
    {
        var layers = TestProblem.Mlp(10, [33, 20], 3, Activation.Relu, normalize: true, dropout: 0.2f);
        var problem = new TestProblem(Loss.CrossEntropy, 100, 10, 3, layers);
        using ManagedSession session = problem.Open(problem.Settings(new AdamOptions(), batch: 32));
        for (int i = 0; i < 10; i++)
            session.Step(problem.AllRows.AsSpan(i, 32), 0.01f);
        var expected = new float[300];
        session.Score(problem.AllRows, expected);
        var weights = new NetworkWeights(problem.Start.Layout);
        session.GetWeights(weights);
        var outputs = new float[300];

        new NetworkScorer(problem.Network, weights).ScoreBatch(problem.Data.Features.Array!, 100, outputs);

        Tolerances.ShouldBeClose(outputs, Array.ConvertAll(expected, x => (double)x), Tolerances.OneStep, "outputs");
    }

    [TestMethod]
    public void Score_EachRowAlone_GivesTheBitsOfTheBatch()
    {
        var problem = new TestProblem(Loss.SquaredError, 131, 54, 7, TestProblem.Mlp(54, [70, 64], 7, Activation.Gelu, normalize: true));
        var scorer = new NetworkScorer(problem.Network, problem.Start);
        var batch = new float[131 * 7];
        var alone = new float[7];

        scorer.ScoreBatch(problem.Data.Features.Array!, 131, batch);

        for (int row = 0; row < 131; row++)
        {
            scorer.Score(problem.Data.Features.Array.AsSpan(row * 54, 54), alone);
            alone.Should().Equal(batch[(row * 7)..((row + 1) * 7)]);
        }
    }

    [TestMethod]
    public void Score_ManyThreadsAndNetworks_GiveTheSameBits()
    {
        NetworkScorer[] scorers = [.. new[] { 20, 90 }.Select(size =>
        {
            var problem = new TestProblem(Loss.SquaredError, 1, 8, 2, TestProblem.Mlp(8, [size], 2, Activation.Silu));
            return new NetworkScorer(problem.Network, problem.Start);
        })];
        float[] features = [.. Enumerable.Range(0, 8 * 100).Select(i => MathF.Sin(i))];
        float[][] expected = [.. scorers.Select(scorer => Score(scorer, features))];

        int errors = 0;
        Parallel.For(0, 400, i =>
        {
            if (!Score(scorers[i % 2], features).AsSpan().SequenceEqual(expected[i % 2]))
                Interlocked.Increment(ref errors);
        });

        errors.Should().Be(0);
    }

    [TestMethod]
    public void Score_AfterTheFirst_AllocatesNothing()
    {
        var problem = new TestProblem(Loss.SquaredError, 1, 54, 7, TestProblem.Mlp(54, [64, 64], 7, Activation.Relu));
        var scorer = new NetworkScorer(problem.Network, problem.Start);
        var outputs = new float[7];

        Allocations.LeastOf(() => scorer.Score(problem.Data.Features.Array!, outputs), times: 100).Should().Be(0);
    }

    [TestMethod]
    public void Score_NaNFeature_GivesNaN()
    {
        var problem = new TestProblem(Loss.SquaredError, 1, 3, 2, TestProblem.Mlp(3, [4], 2, Activation.Tanh));
        var outputs = new float[2];

        new NetworkScorer(problem.Network, problem.Start).Score([1, float.NaN, 0], outputs);

        outputs.Should().OnlyContain(x => float.IsNaN(x));
    }

    [TestMethod]
    public void ScoreBatch_SpansTooShort_AreRefused()
    {
        var problem = new TestProblem(Loss.SquaredError, 1, 3, 2, TestProblem.Mlp(3, [4], 2, Activation.Tanh));
        var scorer = new NetworkScorer(problem.Network, problem.Start);

        Action features = () => scorer.ScoreBatch(new float[5], 2, new float[4]);
        Action outputs = () => scorer.ScoreBatch(new float[6], 2, new float[3]);

        features.Should().Throw<ArgumentException>().WithMessage("Expected 2 x 3 features, got 5.*");
        outputs.Should().Throw<ArgumentException>().WithMessage("Expected room for 2 x 2 outputs, got 3.*");
    }

    [TestMethod]
    public void Constructor_WeightsOfOtherNetwork_AreRefused()
    {
        var problem = new TestProblem(Loss.SquaredError, 1, 3, 2, TestProblem.Mlp(3, [4], 2, Activation.Tanh));
        var other = new TestProblem(Loss.SquaredError, 1, 3, 2, TestProblem.Mlp(3, [5], 2, Activation.Tanh));

        Action act = () => _ = new NetworkScorer(problem.Network, other.Start);

        act.Should().Throw<ArgumentException>().WithMessage("The weights are of another network: expected 26 values, got 32.*");
    }

    private static void Hold(TestProblem problem)
    {
        int rows = problem.Data.Rows;
        var outputs = new float[rows * problem.Network.Outputs];

        new NetworkScorer(problem.Network, problem.Start).ScoreBatch(problem.Data.Features.Array!, rows, outputs);

        double[][] expected = new ReferenceNetwork(problem.Network, problem.Start).Forward(problem.ReferenceRows(problem.AllRows), training: false);
        Tolerances.ShouldBeClose(outputs, expected.SelectMany(row => row).ToArray(), Tolerances.OneStep, "outputs");
    }

    private static float[] Score(NetworkScorer scorer, float[] features)
    {
        var outputs = new float[200];
        scorer.ScoreBatch(features, 100, outputs);
        return outputs;
    }
}
