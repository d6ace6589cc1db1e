using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>A session that is given the state of another goes on as that one does.</summary>
[TestClass]
public sealed class SessionStateTests
{
    public static IEnumerable<object[]> Names => SessionStateCases.All.Select(item => new object[] { item.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Exchange_IntoAFreshSession_GoesOnAsTheFirst(string name)
    {
        var (_, problem, settings) = SessionStateCases.All.Single(item => item.Name == name);
        using var first = Open(problem, settings);
        using var second = Open(problem, settings);

        SessionStateCases.HoldTogether(first, second, problem, settings, tolerance: 1e-6);
    }

    private static IMlpSession Open(TestProblem problem, EngineSettings settings)
    {
        var session = new TorchSharpEngine(Device.Cpu).Open(problem.Network, problem.Data, settings);
        session.SetWeights(problem.Start);
        return session;
    }
}
