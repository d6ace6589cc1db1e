using System.Text;

namespace MLExtensions.Tuning;

/// <summary>What a search has found.</summary>
/// <typeparam name="TModel">The model of the task.</typeparam>
public sealed class TuningResult<TModel>
    where TModel : DeepMlpModelParameters
{
    internal TuningResult(DeepMlpOptions options, EstimatorChain<DeepMlpTransformer<TModel>> pipeline, TransformerChain<DeepMlpTransformer<TModel>> model, Trial best, Leaderboard leaderboard,
        IReadOnlyList<OptionImportance> importance, SearchEnd end) =>
        (Options, Pipeline, Model, Best, Leaderboard, Importance, End) = (options, pipeline, model, best, leaderboard, importance, end);

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

    /// <summary>How much each thing that was searched matters, the most important first; empty where trials are too few to tell, or all reached the same.</summary>
    public IReadOnlyList<OptionImportance> Importance { get; }

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
