using MLExtensions.Networks.Managed;
using MLExtensions.TestSupport;

namespace MLExtensions.Networks.Tests;

/// <summary>Whole networks with less usual layers: gradients, training, threads and scoring.</summary>
[TestClass]
[TestCategory("Engine")]
public sealed class NetworkCaseTests
{
    public static IEnumerable<object[]> Names => NetworkCases.Names;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Gradients_AnyCase_EqualCentralDifferences(string name) => GradientTests.HoldAgainstDifferences(NetworkCases.Problem(name, 9, dropout: 0.2f));

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Step_AnyCase_FollowsTheReference(string name) =>
        ManagedSessionTests.HoldAgainstReference(NetworkCases.Problem(name, 90, dropout: 0.3f), new SgdOptions { Momentum = 0.5f }, batch: 57, steps: 4, l2: 0.01f);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Step_AnyCase_GivesTheSameBitsOnAnyNumberOfThreads(string name)
    {
        TestProblem problem = NetworkCases.Problem(name, 200, dropout: 0.3f);

        (float[] expected, float[] expectedScores) = Train(problem, threads: 1);

        foreach (int threads in new[] { 2, 3, 7 })
        {
            (float[] weights, float[] scores) = Train(problem, threads);
            weights.Should().Equal(expected, "of {0} threads", threads);
            scores.Should().Equal(expectedScores, "of {0} threads", threads);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Step_AfterTheFirst_AllocatesNothing(string name)
    {
        TestProblem problem = NetworkCases.Problem(name, 64, dropout: 0.1f);
        using ManagedSession session = problem.Open(problem.Settings(new AdamOptions()));

        Allocations.LeastOf(() => session.Step(problem.AllRows, 0.01f), times: 10).Should().Be(0);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Score_AnyCase_EqualsTheReferenceAndItsOwnRowsAlone(string name)
    {
        TestProblem problem = NetworkCases.Problem(name, 131, dropout: 0.5f);
        var scorer = new NetworkScorer(problem.Network, problem.Start);
        float[] outputs = new float[131 * 3], alone = new float[3], ofSession = new float[131 * 3];
        using ManagedSession session = problem.Open(problem.Settings(batch: 50), threads: 2);

        scorer.ScoreBatch(problem.Data.Features.Array!, 131, outputs);
        session.Score(problem.AllRows, ofSession);

        double[] expected = [.. new ReferenceNetwork(problem.Network, problem.Start).Forward(problem.ReferenceRows(problem.AllRows), training: false).SelectMany(row => row)];
        Tolerances.ShouldBeClose(outputs, expected, Tolerances.OneStep, "outputs");
        Tolerances.ShouldBeClose(ofSession, expected, Tolerances.OneStep, "outputs of the session");
        for (int row = 0; row < 131; row++)
        {
            scorer.Score(problem.Data.Features.Array.AsSpan(row * 5, 5), alone);
            alone.Should().Equal(outputs[(row * 3)..((row + 1) * 3)]);
        }
    }

    private static (float[] Weights, float[] Scores) Train(TestProblem problem, int threads)
    {
        using ManagedSession session = problem.Open(problem.Settings(new AdamOptions(), batch: 101), threads);
        for (int step = 0; step < 5; step++)
            session.Step(problem.AllRows.AsSpan(step * 7, 101), 0.01f);
        var weights = new NetworkWeights(problem.Start.Layout);
        session.GetWeights(weights);
        float[] scores = new float[problem.Data.Rows * 3];
        session.Score(problem.AllRows, scores);
        return (weights.Values, scores);
    }
}
