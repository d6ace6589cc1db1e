using System.Collections.Concurrent;

namespace MLExtensions.Networks;

/// <summary>
/// What each slot of a row contributes to a score of a network, against a baseline: the integral of the gradient along the way from the baseline
/// to the row. The contributions sum up to the difference between the two scores (completeness); a slot that is the same in both has none.
/// </summary>
/// <remarks>
/// Sundararajan, Taly, Yan 2017, "Axiomatic Attribution for Deep Networks", arXiv 1703.01365. Numbers go straight from the baseline to the row.
/// A category has nothing in between, and neither has a number that is missing in one of the two: such a slot goes straight in the space behind
/// the layers of the input (one-hot, embeddings), where it is made of the values that belong to it. Ensembles and networks that are several at
/// once are explained as one function. Several baselines are averaged (expected gradients: Erion, Janizek, Sturmfels, Lundberg, Lee 2021, arXiv
/// 1906.10670). Safe for use by several threads; a row has the same contributions whichever rows are explained beside it.
/// </remarks>
public sealed class IntegratedGradients
{
    // Of the scores, where their difference is next to nothing.
    private const double RoundingError = 1e-6;

    private readonly NetworkDescription _network;
    private readonly NetworkWeights _weights;
    private readonly INetworkScorer _scorer;
    private readonly ConcurrentBag<GradientPath> _free = [];

    /// <summary>Prepares a network.</summary>
    /// <param name="network">The network, fitted.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="options">How exactly to integrate; null for the defaults.</param>
    /// <exception cref="ArgumentException">The layers do not fit together, the weights are of another network, or options are outside their range.</exception>
    /// <exception cref="NotSupportedException">The network is code of the application, of which no derivatives are known here.</exception>
    public IntegratedGradients(NetworkDescription network, NetworkWeights weights, IntegratedGradientsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        Options = options ?? new();
        Options.Check(nameof(options));
        if (network.Layers is [CustomLayer custom])
        {
            throw new NotSupportedException($"The network '{custom.Name}' is code of the application, whose derivatives are not known: expected one of the library's layers. " +
                "Permutation importance and partial dependence explain any model.");
        }

        _network = network;
        _weights = weights;
        _scorer = NetworkScorer.Of(network, weights);
    }

    /// <summary>How exactly it integrates.</summary>
    public IntegratedGradientsOptions Options { get; }

    /// <summary>The number of slots of a row.</summary>
    public int Inputs => _network.Inputs;

    /// <summary>The number of outputs of the network.</summary>
    public int Outputs => _network.Outputs;

    /// <summary>Explains an output of the network, a logit or a value, for one row.</summary>
    /// <param name="features">The row, [inputs]; NaN where a missing number or category may stand.</param>
    /// <param name="baselines">The rows to compare it with, [baselines x inputs], row-major: one, or several that are averaged.</param>
    /// <param name="output">Which output, from 0.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or there is no such output.</exception>
    public Attributions Explain(ReadOnlySpan<float> features, ReadOnlySpan<float> baselines, int output = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, Outputs);

        return Explain(features, baselines, ScoreFunctions.Output(output));
    }

    /// <summary>Explains a number that follows from the outputs.</summary>
    internal Attributions Explain(ReadOnlySpan<float> features, ReadOnlySpan<float> baselines, ScoreFunction function)
    {
        if (features.Length != Inputs)
            throw new ArgumentException($"Expected {Plural.Of(Inputs, "feature")}, got {features.Length}.", nameof(features));
        if (baselines.Length == 0 || baselines.Length % Inputs != 0)
            throw new ArgumentException($"Expected rows of {Plural.Of(Inputs, "feature")}, at least one, got {Plural.Of(baselines.Length, "value")}.", nameof(baselines));

        double[] attributions = new double[Inputs], sums = new double[Inputs];
        double score = ScoreOf(features, function), baselineScores = 0;
        int count = baselines.Length / Inputs, steps = 0;
        if (!_free.TryTake(out var path))
            path = CreatePath();
        for (int i = 0; i < count; i++)
        {
            var baseline = baselines.Slice(i * Inputs, Inputs);
            double baselineScore = ScoreOf(baseline, function);
            steps += Integrate(path, features, baseline, score - baselineScore, Math.Abs(score) + Math.Abs(baselineScore), function, attributions);
            baselineScores += baselineScore;
            for (int slot = 0; slot < Inputs; slot++)
                sums[slot] += attributions[slot];
        }
        _free.Add(path);
        return new Attributions([.. sums.Select(sum => sum / count)], score, baselineScores / count, steps);
    }

    /// <summary>The number that is explained, for one row.</summary>
    internal double ScoreOf(ReadOnlySpan<float> features, ScoreFunction function) => function(OutputsOf(features), new double[Outputs]);

    /// <summary>The outputs of the network for one row.</summary>
    internal float[] OutputsOf(ReadOnlySpan<float> features)
    {
        float[] outputs = new float[Outputs];
        _scorer.Score(features, outputs);
        return outputs;
    }

    // The corners stay; each edge is divided into twice as many pieces until the sum is right.
    private int Integrate(GradientPath path, ReadOnlySpan<float> features, ReadOnlySpan<float> baseline, double difference, double size, ScoreFunction function, double[] attributions)
    {
        int steps = 0, edges = Options.NumberOfSteps / GradientPath.StepsOfPiece;
        for (int pieces = 1; ; pieces *= 2)
        {
            path.Integrate(features, baseline, edges, pieces, Outputs, function, attributions);
            steps += edges * pieces * GradientPath.StepsOfPiece;
            double sum = 0, absolute = 0;
            foreach (double attribution in attributions)
                (sum, absolute) = (sum + attribution, absolute + Math.Abs(attribution));
            bool isExact = Math.Abs(sum - difference) <= Options.Tolerance * absolute + RoundingError * size;
            if (isExact || 2 * edges * pieces * GradientPath.StepsOfPiece > Options.MaximumNumberOfSteps)
                return steps;
        }
    }

    private GradientPath CreatePath() => _network.Layers is [EnsembleLayer ensemble]
        ? new([.. ensemble.Members.Select((member, index) => new GradientNetwork(member, ensemble.WeightsOf(_weights, index)))], _network.Layout, ensemble.Mean)
        : new([new(_network, _weights)], _network.Layout, EnsembleMean.Values);
}
