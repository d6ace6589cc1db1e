using MLExtensions.Trainers.Engine;

namespace MLExtensions.Trainers;

/// <content>The options of what happens at the update beside the optimizer's step.</content>
public sealed partial record DeepMlpOptions
{
    /// <summary>Factors on the learning rate by kind of parameter and by layer; all 1 by default.</summary>
    public LearningRateFactors LearningRateFactors { get; init; } = new();

    /// <summary>
    /// Whether <see cref="L1Regularization"/>, <see cref="L2Regularization"/> and an optimizer's weight decay act on biases and
    /// normalization parameters too; false by default, as those few cannot fit noise and γ near 0 silences a unit.
    /// </summary>
    public bool PenalizeAllParameters { get; init; }

    /// <summary>The options as an engine is told of them.</summary>
    internal UpdateSettings UpdateSettings => new() { Factors = LearningRateFactors, PenalizesAll = PenalizeAllParameters };

    private IEnumerable<string> CheckUpdate()
    {
        foreach (string message in LearningRateFactors is null ? ["LearningRateFactors must not be null"] : LearningRateFactors.Validate().Select(message => $"LearningRateFactors.{message}"))
            yield return message;
    }
}
