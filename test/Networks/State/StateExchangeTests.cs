namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class StateExchangeTests
{
    [TestMethod]
    public void Exchange_TakenAndSetAgain_GivesTheSameNumbers()
    {
        var state = new TrainingState();
        var first = new Counter { Steps = 7, Sum = 0.1, Rate = 0.3f, Kept = [1, 2] };
        first.Values.AsSpan().Fill(4);

        first.Exchange(StateExchange.Into(state).Of("part"));
        first.Values[0] = 5;
        var second = new Counter();
        second.Exchange(StateExchange.From(state).Of("part"));

        second.Should().BeEquivalentTo(new Counter { Steps = 7, Sum = 0.1, Rate = 0.3f, Kept = [1, 2], Values = [4, 4, 4] });
        state.Names.Should().Equal("part.steps", "part.sum", "part.rate", "part.values", "part.kept");
    }

    [TestMethod]
    public void Exchange_NothingKept_IsNullAgain()
    {
        var state = new TrainingState();
        new Counter().Exchange(StateExchange.Into(state));
        var second = new Counter { Kept = [1] };

        second.Exchange(StateExchange.From(state));

        second.Kept.Should().BeNull();
    }

    [TestMethod]
    public void Exchange_AnotherLength_IsRefused()
    {
        var state = new TrainingState { ["values"] = new float[2] };

        Action set = () => StateExchange.From(state).Values("values", new float[3]);

        set.Should().Throw<ArgumentException>().WithMessage("Entry 'values' of the state must have 3 numbers of type Single, got 2 of Single: it is of another training.");
    }

    [TestMethod]
    public void Exchange_MissingEntry_IsRefused()
    {
        int steps = 0;

        Action set = () => StateExchange.From(new TrainingState()).Of("optimizer").Number("steps", ref steps);

        set.Should().Throw<KeyNotFoundException>().WithMessage("The state has no entry 'optimizer.steps'.");
    }

    private sealed class Counter
    {
        private int _steps;
        private double _sum;
        private float _rate;
        private float[]? _kept;

        public int Steps { get => _steps; init => _steps = value; }

        public double Sum { get => _sum; init => _sum = value; }

        public float Rate { get => _rate; init => _rate = value; }

        public float[]? Kept { get => _kept; init => _kept = value; }

        public float[] Values { get; init; } = new float[3];

        public void Exchange(StateExchange state)
        {
            state.Number("steps", ref _steps);
            state.Number("sum", ref _sum);
            state.Number("rate", ref _rate);
            state.Values("values", Values);
            state.Values("kept", ref _kept);
        }
    }
}
