using System.Text.Json;
using MLExtensions.Networks.Managed;
using MLExtensions.Networks.Memory;
using MLExtensions.Networks.Update;
using MLExtensions.Networks.Vectors;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class GradientClipTests
{
    private static readonly JsonElement s_stored = StoredValues.Load("optimizers.json").GetProperty("limits");

    [TestMethod]
    [DataRow("norm 2", 2f, null)]
    [DataRow("norm 100", 100f, null)]
    [DataRow("value 0.5", null, 0.5f)]
    public void Apply_Gradient_FollowsPyTorch(string name, float? norm, float? value)
    {
        var gradients = VectorKernels.Buffer(Array.ConvertAll(PyTorchValues.Doubles(s_stored.GetProperty("gradient")), x => (float)x));
        var clip = new GradientClip(norm, value, gradients);

        if (clip.NeedsNorm)
        {
            for (int chunk = 0; chunk < clip.Chunks; chunk++)
                clip.SumSquares(chunk);
            clip.JoinSums();
        }
        clip.Apply(0, gradients.Length);

        Tolerances.ShouldBeClose(gradients.Span[..40], PyTorchValues.Doubles(s_stored.GetProperty(name)), Tolerances.PyTorch, name);
    }

    [TestMethod]
    public void Scale_ManyChunks_IsTheSameInWhateverOrderTheyAreSummed()
    {
        var gradients = new AlignedBuffer(50_000);
        var random = new System.Random(1);
        for (int i = 0; i < gradients.Length; i++)
            gradients.Span[i] = random.NextSingle() - 0.5f;
        double norm = Math.Sqrt(gradients.Span.ToArray().Sum(g => (double)g * g));

        float[] scales = [.. new[] { 1, 5, 11 }.Select(step =>
        {
            // Every chunk once, since neither step shares a factor with their number.
            var clip = new GradientClip(10, null, gradients);
            clip.Chunks.Should().Be(13);
            for (int i = 0; i < clip.Chunks; i++)
                clip.SumSquares(i * step % clip.Chunks);
            clip.JoinSums();
            return clip.Scale;
        })];

        scales.Distinct().Should().ContainSingle().Which.Should().BeApproximately((float)(10 / norm), 1e-6f);
    }

    [TestMethod]
    public void Apply_NaNOrInfinity_ShowsItself()
    {
        var gradients = VectorKernels.Buffer([1, float.NaN, float.NegativeInfinity]);

        new GradientClip(null, 0.5f, gradients).Apply(0, gradients.Length);

        gradients.Span[..3].ToArray().Should().Equal(0.5f, float.NaN, -0.5f);
    }

    [TestMethod]
    public void Run_LimitColumnNorms_FollowsPyTorch()
    {
        // PyTorch's rows are output units, ours are columns.
        double[] weights = PyTorchValues.Doubles(s_stored.GetProperty("weights")), expected = PyTorchValues.Doubles(s_stored.GetProperty("renorm 1"));
        var matrix = new StripMatrix(3, 5);
        for (int unit = 0; unit < 5; unit++)
        {
            for (int input = 0; input < 3; input++)
                matrix[input, unit] = (float)weights[unit * 3 + input];
        }

        unsafe
        {
            for (int strip = 0; strip < matrix.StripCount; strip++)
                InstructionSet.Run(new LimitColumnNorms(matrix.At(strip, 0), 3, matrix.Width, 1));
        }

        for (int unit = 0; unit < 5; unit++)
        {
            for (int input = 0; input < 3; input++)
                matrix[input, unit].Should().BeApproximately((float)expected[unit * 3 + input], 1e-6f);
        }
    }

    [TestMethod]
    [DataRow("adamw")]
    [DataRow("sgd momentum")]
    [DataRow("nadam")]
    public void Step_ClippedByNormOrValue_FollowsReference(string optimizer)
    {
        UpdateSettings[] updates = [new() { ClipNorm = 0.3f }, new() { ClipNorm = 1e6f }, new() { ClipValue = 0.02f }];
        foreach (var update in updates)
        {
            var problem = new TestProblem(Loss.CrossEntropy, 23, 5, 3, TestProblem.Mlp(5, [19, 7], 3, Activation.Tanh, normalize: true), weighted: true);

            HoldAgainstReference(problem, Cases.Optimizer(optimizer), update);
        }
    }

    [TestMethod]
    [DataRow("adam")]
    [DataRow("sgd")]
    public void Step_MaximumNorm_FollowsReferenceAndHolds(string optimizer)
    {
        var problem = new TestProblem(Loss.CrossEntropy, 23, 5, 3, TestProblem.Mlp(5, [70, 7], 3, Activation.Tanh, normalize: true));

        HoldAgainstReference(problem, Cases.Optimizer(optimizer), new UpdateSettings { MaximumNorm = 0.7f });

        using ManagedSession session = problem.Open(problem.Settings(update: new UpdateSettings { MaximumNorm = 0.7f }));
        session.Step(problem.AllRows, 0.1f);
        var weights = problem.Start.Clone();
        session.GetWeights(weights);
        NormsOf(weights, "0.weight").Should().OnlyContain(norm => norm < 0.70001).And.Contain(norm => norm > 0.699);
        NormsOf(weights, "6.weight").Should().Contain(norm => norm > 0.7, "outputs are free");
    }

    [TestMethod]
    public void Step_LargeGradient_IsAsLongAsTheLimit()
    {
        var problem = new TestProblem(Loss.SquaredError, 20, 4, 1, TestProblem.Mlp(4, [9], 1, Activation.Relu));
        Array.Fill(problem.Data.Targets, 1e6f);
        using ManagedSession session = problem.Open(problem.Settings(new SgdOptions(), update: new UpdateSettings { ClipNorm = 0.5f }));
        var weights = problem.Start.Clone();

        session.Step(problem.AllRows, 1);

        session.GetWeights(weights);
        Math.Sqrt(weights.Values.Zip(problem.Start.Values, (x, y) => Math.Pow(x - y, 2)).Sum()).Should().BeApproximately(0.5, 1e-4);
    }

    private static void HoldAgainstReference(TestProblem problem, OptimizerOptions optimizer, UpdateSettings update) =>
        ManagedSessionTests.HoldAgainstReference(problem, optimizer, l2: 0.02f, batch: 11, steps: 8, update: update);

    private static double[] NormsOf(NetworkWeights weights, string name) =>
        [.. weights[name].ToArray().Chunk(weights.Layout.Tensors.First(tensor => tensor.Name == name).Shape[1]).Select(row => Math.Sqrt(row.Sum(w => (double)w * w)))];
}
