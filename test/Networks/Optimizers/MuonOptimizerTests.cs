using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Optimizers;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class MuonOptimizerTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(1, 9)]
    [DataRow(70, 1)]
    [DataRow(3, 70)]
    [DataRow(70, 3)]
    [DataRow(64, 64)]
    [DataRow(65, 130)]
    [DataRow(130, 65)]
    [DataRow(200, 190)]
    public void NewtonSchulz_AnyShape_FollowsReference(int outputs, int inputs)
    {
        const int Steps = 5;
        var matrix = new WeightMatrix(Layer: 0, Offset: 16, inputs, outputs, StripRows: inputs + 1);
        var directions = new AlignedBuffer(16 + matrix.OffsetOf(matrix.StripCount));
        var values = new StripMatrix(directions, 16, inputs + 1, outputs);
        var random = new RandomStream(3, "muon");
        var start = new double[outputs, inputs];
        for (int i = 0; i < start.Length; i++)
            start[i / inputs, i % inputs] = values[i % inputs, i / inputs] = (float)random.NextNormal();
        var product = new NewtonSchulz(matrix, directions);
        product.SquareSums[0] = start.Cast<double>().Sum(x => x * x);

        Run(product.StripCount, product.Start);
        for (int step = 0; step < Steps; step++)
        {
            int number = step;
            (int Row, int Column)[] blocks = [.. product.Blocks];
            Run(blocks.Length, block => product.ComputeGram(number, blocks[block].Row, blocks[block].Column));
            Run(blocks.Length, block => product.ComputePolynomial(blocks[block].Row, blocks[block].Column));
            Run(product.StripCount, strip => product.ComputeNext(number, strip));
        }
        Run(matrix.StripCount, strip => product.Finish(Steps, strip, scale: 2));

        double[,] expected = ReferenceMath.Orthogonalize(start, Steps);
        for (int i = 0; i < start.Length; i++)
            values[i % inputs, i / inputs].Should().BeApproximately((float)(2 * expected[i / inputs, i % inputs]), 1e-4f);
        for (int column = outputs; column < matrix.PaddedOutputs; column++)
            values[0, column].Should().Be(0, "padding stays zero");
        // Singular values near to 1 make a mean square of about 1 / the greater of the sizes.
        expected.Cast<double>().Average(x => x * x).Should().BeInRange(0.4 / Math.Max(inputs, outputs), 1.6 / Math.Max(inputs, outputs));

        static void Run(int parts, Action<int> execute)
        {
            for (int part = 0; part < parts; part++)
                execute(part);
        }
    }

    [TestMethod]
    public void Step_OneUnit_IsAsWorkedByHand()
    {
        // The gradient of a 1 x 1 matrix is itself over its size: X is its sign, and three times x (3.4445 - 4.775 x² + 2.0315 x⁴) of it.
        var problem = new TestProblem(Loss.SquaredError, 1, 1, 1, TestProblem.Mlp(1, [1], 1, Activation.Identity));
        (problem.Data.Features.Array![0], problem.Data.Targets[0]) = (2, 0);
        var start = problem.Start;
        (start["0.weight"][0], start["0.bias"][0], start["2.weight"][0], start["2.bias"][0]) = (0.5f, 0, 3, 0);
        var options = new MuonOptions { NewtonSchulzSteps = 3, WeightDecay = 0.1f, AdamWLearningRate = 0.01f, LearningRate = 0.2f };
        using ManagedSession session = problem.Open(problem.Settings(options));

        session.Step([0], 0.1f);

        double x = 1;
        for (int step = 0; step < 3; step++)
            x *= 3.4445 - 4.775 * x * x + 2.0315 * x * x * x * x;
        var weights = start.Clone();
        session.GetWeights(weights);
        weights["0.weight"][0].Should().BeApproximately((float)(0.5 * (1 - 0.1 * 0.1) - 0.1 * x), 1e-6f);
        // AdamW's first step is as long as its rate, which is half of 0.01 at half of the learning rate; biases do not decay.
        weights["0.bias"][0].Should().BeApproximately(-0.005f, 1e-6f);
        weights["2.weight"][0].Should().BeApproximately((float)(3 * (1 - 0.005 * 0.1) - 0.005), 1e-6f);
        weights["2.bias"][0].Should().BeApproximately(-0.005f, 1e-6f);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Step_WideAndNarrowLayers_FollowReference(int threads)
    {
        var problem = new TestProblem(Loss.CrossEntropy, 90, 9, 3, TestProblem.Mlp(9, [70, 12], 3, Activation.Tanh, normalize: true), weighted: true);
        var update = new UpdateSettings { ClipNorm = 0.5f, MaximumNorm = 2, Factors = new() { FirstLayer = 2, Biases = 0.5f } };

        ManagedSessionTests.HoldAgainstReference(
            problem, new MuonOptions { LearningRate = 0.05f, AdamWLearningRate = 0.02f, Epsilon = 0.01f, WeightDecay = 0.2f },
            batch: 80, steps: 5, l1: 0.001f, l2: 0.01f, threads: threads, update: update);
    }
}
