namespace MLExtensions.Trainers.Explanation;

/// <summary>Explains rows of features as options ask for, against baselines. Immutable and safe for use by several threads.</summary>
internal sealed class RowExplainer
{
    private readonly IntegratedGradients _gradients;
    private readonly ScoreFunction[] _functions;
    private readonly int? _output;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="link">What follows from its outputs.</param>
    /// <param name="options">What to explain.</param>
    /// <param name="baselines">The rows to compare with, [baselines x slots].</param>
    /// <exception cref="ArgumentException">Options are outside their range, or ask for a score that is not there.</exception>
    /// <exception cref="NotSupportedException">The network is code of the application.</exception>
    public RowExplainer(NetworkDescription network, NetworkWeights weights, ScoreLink link, FeatureContributionOptions options, float[] baselines)
    {
        _output = Require(link, options, network.Outputs);
        _gradients = new(network, weights, options.Integration);
        _functions = [.. Enumerable.Range(0, network.Outputs).Select(index => link.FunctionOf(index, options.Explained == ExplainedScore.Probability))];
        (Network, Weights, Link, Options, Baselines) = (network, weights, link, options, baselines);
    }

    public NetworkDescription Network { get; }

    public NetworkWeights Weights { get; }

    public ScoreLink Link { get; }

    public FeatureContributionOptions Options { get; }

    public float[] Baselines { get; }

    /// <summary>Explains a row.</summary>
    public Attributions Explain(ReadOnlySpan<float> features)
    {
        int output = _output ?? Highest(_gradients.OutputsOf(features));
        return _gradients.Explain(features, Baselines, _functions[output]);
    }

    /// <summary>Which output is explained; null for the highest of each row.</summary>
    /// <exception cref="ArgumentException">Options are outside their range, or ask for a score that is not there.</exception>
    public static int? Require(ScoreLink link, FeatureContributionOptions options, int outputs)
    {
        var failures = options.Failures().ToList();
        if (options.Explained == ExplainedScore.Probability && !link.HasProbability)
            failures.Add($"{nameof(options.Explained)} must be {ExplainedScore.Score} for a regression, which has no probability.");
        if (options.ScoreIndex is { } index && (index < 0 || index >= outputs))
            failures.Add(Invariant($"{nameof(options.ScoreIndex)} must be from 0 to {outputs - 1}, got {index}."));
        int? named = options.ClassName is not { } name ? null : link.Names is { } names && names.Count == outputs ? names.ToList().IndexOf(name) : -1;
        if (named < 0)
        {
            failures.Add($"{nameof(options.ClassName)} must be " + (link.Names is { } known && known.Count == outputs
                ? $"one of {string.Join(", ", known.Take(10).Select(text => $"'{text}'"))}{(known.Count > 10 ? ", ..." : "")}, got '{options.ClassName}'."
                : $"null where scores have no names, got '{options.ClassName}': give {nameof(options.ScoreIndex)}, if there are several scores."));
        }
        if (failures.Count > 0)
            throw new ArgumentException(string.Join(" ", failures), nameof(options));

        int? chosen = options.ScoreIndex ?? named ?? link.DefaultOutput(outputs);
        return chosen is not null || link.Kind != ScoreLinkKind.Values
            ? chosen
            : throw new ArgumentException($"The model has {Plural.Of(outputs, "score")}: say which of them to explain, by {nameof(options.ScoreIndex)} from 0 on.", nameof(options));
    }

    private static int Highest(float[] outputs) => outputs.AsSpan().IndexOf(outputs.Max());
}
