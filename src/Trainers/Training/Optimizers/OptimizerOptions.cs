using static System.FormattableString;

namespace MLExtensions.Trainers;

/// <summary>How weights move along the gradient. Use one of the derived records.</summary>
public abstract record OptimizerOptions
{
    private protected OptimizerOptions(float learningRate) => LearningRate = learningRate;

    /// <summary>The size of a step; positive and finite.</summary>
    public float LearningRate { get; init; }

    /// <summary>One message for each value outside its range.</summary>
    internal virtual IEnumerable<string> Validate()
    {
        if (!(LearningRate > 0 && float.IsFinite(LearningRate)))
            yield return Invariant($"LearningRate must be positive and finite, got {LearningRate}");
    }

    private protected static bool IsFraction(float value) => value >= 0 && value < 1;

    private protected static bool IsPositive(float value) => value > 0 && float.IsFinite(value);
}
