using System.Text;

namespace MLExtensions.Tuning;

/// <summary>What a search has found.</summary>
/// <typeparam name="TModel">The model of the task.</typeparam>
public sealed class TuningResult<TModel>
    where TModel : DeepMlpModelParameters
{
    internal TuningResult(DeepMlpOptions options, EstimatorChain<DeepMlpTransformer<TModel>> pipeline, TransformerChain<DeepMlpTransformer<TModel>> model, Trial best, Leaderboard leaderboard,
        SearchEnd end) => (Options, Pipeline, Model, Best, Leaderboard, End) = (options, pipeline, model, best, leaderboard, end);

    /// <summary>The best options; <c>ToCSharp()</c> writes them as code.</summary>
    public DeepMlpOptions Options { get; }

    /// <summary>The pipeline with the best options and steps, not fitted: for a cross-validation, or for other rows.</summary>
    public EstimatorChain<DeepMlpTransformer<TModel>> Pipeline { get; }

    /// <summary>The pipeline with the best options and steps, fitted: to all rows, or as it was in its trial where that was asked for or the search was cancelled.</summary>
    public TransformerChain<DeepMlpTransformer<TModel>> Model { get; }

    /// <summary>The best trial: of those that came to their end or, where there was none, of those that were stopped.</summary>
    public Trial Best { get; }

    /// <summary>All trials, the best first.</summary>
    public Leaderboard Leaderboard { get; }

    /// <summary>How much each thing that was searched matters: that of the leaderboard.</summary>
    public IReadOnlyList<OptionImportance> Importance => Leaderboard.Importance;

    /// <summary>Why the search ended.</summary>
    public SearchEnd End { get; }

    /// <summary>The leaderboard, what matters most, and the best options as code.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(Leaderboard.ToString());
        if (Importance.Count > 0)
            text.AppendLine($"what matters: {string.Join(", ", Importance.Take(5).Select(option => Invariant($"{option.Name} {100 * option.Share:F0} %")))}");
        return text.Append(Options.ToCSharp()).ToString();
    }
}
