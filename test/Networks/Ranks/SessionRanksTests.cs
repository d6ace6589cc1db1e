using MLExtensions.Networks.Engine;
using MLExtensions.Networks.Managed;

namespace MLExtensions.Networks.Tests;

/// <summary>Sessions of several ranks take the steps of one process, and end with the same bits on each.</summary>
[TestClass]
[TestCategory("Engine")]
public sealed class SessionRanksTests
{
    public static IEnumerable<object[]> Networks => NetworkCases.Names;

    public static IEnumerable<object[]> Settings => SessionStateCases.All.Select(item => new object[] { item.Name });

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void Step_AnyNetwork_GivesTheWeightsOfOneProcess(string name)
    {
        TestProblem problem = NetworkCases.Problem(name, 120, dropout: 0.3f);

        HoldTogether(problem, problem.Settings(new SgdOptions { Momentum = 0.5f }, l2: 0.01f), ranks: 3, batch: 57);
    }

    [TestMethod]
    [DynamicData(nameof(Settings))]
    public void Step_AnySettings_GivesTheWeightsOfOneProcess(string name)
    {
        var (_, problem, settings) = SessionStateCases.All.Single(item => item.Name == name);

        int batch = settings.Optimizer.TakesAllRows ? 61 : 21;
        HoldTogether(problem, settings, ranks: 1, batch);
        HoldTogether(problem, settings, ranks: 2, batch, decidesByLastBits: settings.Optimizer is LbfgsOptions { LineSearch: true });
    }

    // With 4 ranks, 20 rows are 3 slices, and a rank has none; 3 rows are one.
    [TestMethod]
    [DataRow(1, 20)]
    [DataRow(2, 20)]
    [DataRow(4, 20)]
    [DataRow(4, 3)]
    [DataRow(4, 60)]
    [DataRow(2, 1)]
    public void Step_AnyNumberOfRanksAndRows_GivesTheWeightsOfOneProcess(int ranks, int batch)
    {
        bool normalize = batch > 1;
        var problem = new TestProblem(Loss.CrossEntropy, 90, 5, 3, TestProblem.Mlp(5, [70, 7], 3, Activation.Tanh, normalize, dropout: 0.2f), weighted: true);

        HoldTogether(problem, problem.Settings(new SgdOptions { Momentum = 0.5f }), ranks, batch);
    }

    [TestMethod]
    public void Step_RowsWithoutWeight_ChangesNothingOnAnyRank()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 40, 5, 3, TestProblem.Mlp(5, [7], 3, Activation.Tanh), weighted: true);
        problem.Data.Weights.AsSpan(0, 20).Clear();
        var settings = problem.Settings();

        var results = ThreadCommunicator.Run(2, ranks =>
        {
            using ManagedSession session = problem.Open(settings with { Ranks = new RankGroup(ranks) });
            double none = session.Step(problem.AllRows.AsSpan(0, 20), 0.1f), some = session.Step(problem.AllRows.AsSpan(0, 40), 0.1f);
            return (none, some);
        });

        results.Should().OnlyContain(result => result.none == 0 && result.some > 0);
    }

    [TestMethod]
    public void UpdateStatistics_OfSeveralRanks_AreThoseOfTheWholeBatch()
    {
        var problem = new TestProblem(Loss.CrossEntropy, 90, 5, 3, TestProblem.Mlp(5, [9, 7], 3, Activation.Tanh, normalize: true));
        float[] Update(RankGroup? ranks)
        {
            using ManagedSession session = problem.Open(problem.Settings() with { Ranks = ranks });
            session.UpdateStatistics(problem.AllRows.AsSpan(0, 83), 1);
            return WeightsOf(session, problem);
        }

        float[] expected = Update(null);
        float[][] actual = ThreadCommunicator.Run(3, ranks => Update(new RankGroup(ranks)));

        foreach (float[] weights in actual)
            Tolerances.ShouldBeClose(weights, [.. expected.Select(value => (double)value)], 1e-6, "weights");
    }

    // A line search takes another step where the last bits of a loss are others.
    private static void HoldTogether(TestProblem problem, EngineSettings settings, int ranks, int batch, bool decidesByLastBits = false)
    {
        var (loss, expected, scores) = Train(problem, settings, batch, threads: 1);

        var first = ThreadCommunicator.Run(ranks, communicator => Train(problem, settings with { Ranks = new RankGroup(communicator) }, batch, threads: 1));
        var second = ThreadCommunicator.Run(ranks, communicator => Train(problem, settings with { Ranks = new RankGroup(communicator) }, batch, threads: 2));

        foreach (var result in first.Concat(second))
        {
            result.Loss.Should().Be(first[0].Loss);
            result.Weights.Should().Equal(first[0].Weights);
            result.Scores.Should().Equal(first[0].Scores);
        }
        first[0].Loss.Should().BeApproximately(loss, (decidesByLastBits ? 1e-2 : 1e-4) * Math.Max(1, Math.Abs(loss)));
        if (decidesByLastBits)
            return;

        // A bias before normalization has no gradient but rounding, of which some optimizers make whole steps.
        foreach (var tensor in problem.Start.Layout.Tensors.Where(tensor => !Cases.IsBiasBeforeNormalization(problem.Network, tensor) && tensor.Role != ParameterRole.RunningMean))
        {
            Tolerances.ShouldBeClose(first[0].Weights.AsSpan(tensor.Offset, tensor.Length),
                [.. expected.AsSpan(tensor.Offset, tensor.Length).ToArray().Select(value => (double)value)], Tolerances.SeveralSteps, tensor.Name);
        }
        if (settings.Optimizer is SgdOptions)
            Tolerances.ShouldBeClose(first[0].Scores, [.. scores.Select(value => (double)value)], Tolerances.SeveralSteps, "scores");
    }

    private static (double Loss, float[] Weights, float[] Scores) Train(TestProblem problem, EngineSettings settings, int batch, int threads)
    {
        using ManagedSession session = problem.Open(settings with { MaximumBatchRows = batch }, threads);
        double loss = 0;
        for (int step = 0; step < 3; step++)
            loss += session.Step(problem.AllRows.AsSpan(settings.Optimizer.TakesAllRows ? 0 : step * 5, batch), new StepSettings(0.01f, DropoutFactor: 0.5f));
        float[] scores = new float[problem.AllRows.Length * problem.Network.Outputs];
        session.Score(problem.AllRows, scores);
        return (loss, WeightsOf(session, problem), scores);
    }

    private static float[] WeightsOf(ManagedSession session, TestProblem problem)
    {
        var weights = new NetworkWeights(problem.Start.Layout);
        session.GetWeights(weights);
        return weights.Values;
    }
}
