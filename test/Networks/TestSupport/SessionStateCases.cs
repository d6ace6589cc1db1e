namespace MLExtensions.Networks.Tests;

/// <summary>Sessions whose state is taken over by another: every optimizer, and everything that depends on the number of the step.</summary>
internal static class SessionStateCases
{
    private static readonly UpdateSettings s_everything = new() { ClipNorm = 0.3f, MaximumNorm = 0.8f, WeightNoise = 0.05f, AverageDecay = 0.8f };

    public static (string Name, TestProblem Problem, EngineSettings Settings)[] All { get; } = [.. Make()];

    /// <summary>Takes steps with one session, hands its state to the other, and holds further steps of both together.</summary>
    public static void HoldTogether(IMlpSession first, IMlpSession second, TestProblem problem, EngineSettings settings, double tolerance)
    {
        var rates = new StepSettings(0.01f, DropoutFactor: 0.5f);
        for (int step = 0; step < 5; step++)
            first.Step(Rows(step), rates);
        var state = new TrainingState();
        first.Exchange(StateExchange.Into(state));
        second.Exchange(StateExchange.From(state));
        Compare("before a step");

        for (int step = 5; step < 9; step++)
        {
            double loss = first.Step(Rows(step), rates);
            second.Step(Rows(step), rates).Should().BeApproximately(loss, tolerance, $"step {step}");
        }
        Compare("after steps");

        ReadOnlySpan<int> Rows(int step) => settings.Optimizer.TakesAllRows ? problem.AllRows : problem.AllRows.AsSpan(3 * step, 15);

        void Compare(string when)
        {
            var (expected, actual) = (problem.Start.Clone(), problem.Start.Clone());
            first.GetWeights(expected);
            second.GetWeights(actual);
            actual.Values.Should().Equal(expected.Values, (x, y) => Math.Abs(x - y) <= tolerance, $"weights {when}");
            first.GetAverages(expected);
            second.GetAverages(actual);
            actual.Values.Should().Equal(expected.Values, (x, y) => Math.Abs(x - y) <= tolerance, $"averages {when}");
        }
    }

    private static IEnumerable<(string Name, TestProblem Problem, EngineSettings Settings)> Make()
    {
        var normalized = Problem(TestProblem.Mlp(5, [9, 7], 3, Activation.Tanh, normalize: true));
        var plain = Problem(TestProblem.Mlp(5, [9, 7], 3, Activation.Tanh));
        var random = Problem([new DropoutLayer(0.1f), new LinearLayer(5, 9, DropConnectRate: 0.2f), new BatchNormalizationLayer(9),
            new PReluLayer(9, PerUnit: true), new MixedActivationLayer(9, Activation.Mish), new DropoutLayer(0.3f), new LinearLayer(9, 3)]);
        foreach (var (name, optimizer) in Cases.Optimizers.Concat(Cases.FurtherOptimizers))
            yield return (name, normalized, normalized.Settings(optimizer, l1: 0.001f, l2: 0.01f));
        yield return ("L-BFGS", plain, plain.Settings(new LbfgsOptions { MaximumIterations = 2, HistorySize = 4 }));
        yield return ("L-BFGS without line search", plain, plain.Settings(new LbfgsOptions { MaximumIterations = 2, LineSearch = false }));
        yield return ("own", plain, plain.Settings(new CustomOptimizerOptions(layout => new KeepingDescent(layout))));
        yield return ("own, averages", normalized, normalized.Settings(new CustomOptimizerOptions(layout => new KeepingDescent(layout)), update: s_everything));
        yield return ("everything", random, random.Settings(new AdamWOptions(), update: s_everything) with { InputNoise = 0.1f, Mixing = new MixupOptions() });
        yield return ("cut mixing", random, random.Settings(new SgdOptions { Momentum = 0.9f }) with { Mixing = new CutMixOptions() });
    }

    private static TestProblem Problem(IEnumerable<Layer> layers) => new(Loss.CrossEntropy, 61, 5, 3, layers, weighted: true);

    /// <summary>An optimizer of one's own with something to keep.</summary>
    private sealed class KeepingDescent(ParameterLayout layout) : IOptimizer
    {
        private readonly float[] _velocity = new float[layout.TrainedLength];

        public void Update(ParameterTensor tensor, Span<float> weights, ReadOnlySpan<float> gradients, float learningRate, int step)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                ref float velocity = ref _velocity[tensor.Offset + i];
                velocity = 0.9f * velocity + gradients[i] / step;
                weights[i] -= learningRate * velocity;
            }
        }

        public void Exchange(StateExchange state) => state.Values("velocity", _velocity);
    }
}
