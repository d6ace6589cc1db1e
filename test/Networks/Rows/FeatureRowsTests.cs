using MLExtensions.Networks.Managed;

namespace MLExtensions.Networks.Tests;

/// <summary>Engines train on and score features wherever they are.</summary>
[TestClass]
public sealed class FeatureRowsTests
{
    [TestMethod]
    public void Session_FeaturesThatAreNotInAnArray_GivesTheSame()
    {
        var problem = new TestProblem(Loss.SquaredError, 40, 70, 1, TestProblem.Mlp(70, [8], 1, Activation.Relu));
        var elsewhere = problem.Data with { Features = new Elsewhere(problem.Data.Features) };
        int[] rows = [3, 1, 39, 0, 17, 17, 5];
        using var first = Open(problem, problem.Data);
        using var second = Open(problem, elsewhere);

        for (int step = 0; step < 3; step++)
            second.Step(rows, new StepSettings(0.1f, 1, 1)).Should().Be(first.Step(rows, new StepSettings(0.1f, 1, 1)));
        float[] expected = new float[rows.Length], actual = new float[rows.Length];
        first.Score(rows, expected);
        second.Score(rows, actual);

        actual.Should().Equal(expected);
    }

    private static ManagedSession Open(TestProblem problem, DataBlock data)
    {
        var session = new ManagedSession(problem.Network, data, problem.Settings(), threads: 1);
        session.SetWeights(problem.Start);
        return session;
    }

    private sealed class Elsewhere(FeatureRows rows) : FeatureRows
    {
        public override int Count => rows.Count;

        public override int Width => rows.Width;

        public override void Gather(ReadOnlySpan<int> indices, Span<float> destination) => rows.Gather(indices, destination);
    }
}
