using MLExtensions.Networks.Managed;

namespace MLExtensions.Networks.Tests;

/// <summary>A session that is given the state of another goes on as that one does, bit for bit.</summary>
[TestClass]
[TestCategory("Engine")]
public sealed class SessionStateTests
{
    public static IEnumerable<object[]> Cases =>
        from item in SessionStateCases.All
        select new object[] { item.Name };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Exchange_IntoAFreshSession_GoesOnAsTheFirst(string name)
    {
        var (_, problem, settings) = SessionStateCases.All.Single(item => item.Name == name);
        using ManagedSession first = problem.Open(settings, threads: 2);
        using ManagedSession second = problem.Open(settings);

        SessionStateCases.HoldTogether(first, second, problem, settings, tolerance: 0);
    }

    [TestMethod]
    public void Exchange_Weights_HaveTheNamesOfTheLayout()
    {
        var (_, problem, settings) = SessionStateCases.All.Single(item => item.Name == "everything");
        var state = new TrainingState();
        using ManagedSession session = problem.Open(settings);

        session.Exchange(StateExchange.Into(state));

        state.Names.Should().Contain(problem.Start.Layout.Tensors.Select(tensor => $"weights.{tensor.Name}"))
            .And.Contain(["step", "optimizer.steps", "optimizer.mean", "optimizer.square", "averages.steps"]);
        state["weights.1.weight"].Should().BeEquivalentTo(problem.Start["1.weight"].ToArray());
    }

    [TestMethod]
    public void Exchange_StateOfAnotherNetworkOrOptimizer_IsRefused()
    {
        var problem = new TestProblem(Loss.SquaredError, 10, 3, 1, TestProblem.Mlp(3, [4], 1, Activation.Tanh));
        var wider = new TestProblem(Loss.SquaredError, 10, 3, 1, TestProblem.Mlp(3, [5], 1, Activation.Tanh));
        var state = new TrainingState();
        using ManagedSession session = problem.Open(problem.Settings());
        session.Exchange(StateExchange.Into(state));
        using ManagedSession other = wider.Open(wider.Settings());
        using ManagedSession adam = problem.Open(problem.Settings(new AdamOptions()));

        Action network = () => other.Exchange(StateExchange.From(state));
        Action optimizer = () => adam.Exchange(StateExchange.From(state));

        network.Should().Throw<ArgumentException>().WithMessage("Entry 'weights.0.weight' of the state must have 15 numbers of type Single, got 12 of Single: it is of another training.");
        optimizer.Should().Throw<KeyNotFoundException>().WithMessage("The state has no entry 'optimizer.mean'.");
    }
}
