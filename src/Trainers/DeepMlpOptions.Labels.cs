using static System.FormattableString;
using static MLExtensions.Trainers.OptionRules;

namespace MLExtensions.Trainers;

/// <content>The options of labels, their weights, and scores.</content>
public sealed partial record DeepMlpOptions
{
    /// <summary>
    /// A factor on the weight of the rows of each class, at least 0 and finite: in the order of the label's keys
    /// (multiclass) or false, true (binary). None by default; not for regression.
    /// </summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>
    /// Whether classes count alike however many rows they have: the factor of a class is n / (classes x its rows), of training
    /// rows by weight. False by default; excludes <see cref="ClassWeights"/>; not for regression.
    /// </summary>
    public bool BalanceClasses { get; init; }

    /// <summary>
    /// Whether a regression score is kept within the range of the training labels, per output; true by default. A network
    /// extrapolates without bounds, so that one extreme row can outweigh all others in a squared error. Turn it off where
    /// scores beyond the labels seen are wanted. Ignored for classification.
    /// </summary>
    public bool ClampScores { get; init; } = true;

    private IEnumerable<string> CheckLabels()
    {
        if (ClassWeights is not { } weights)
            yield break;

        if (BalanceClasses)
            yield return "ClassWeights and BalanceClasses exclude one another";
        foreach (var (index, weight) in weights.Index().Where(entry => !IsPenalty(entry.Item)))
            yield return Invariant($"ClassWeights[{index}] must be at least 0 and finite, got {weight}");
    }
}
