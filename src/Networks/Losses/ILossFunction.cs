namespace MLExtensions.Networks;

/// <summary>
/// A loss of your own, for <see cref="CustomLoss"/>. Both engines call it row by row, the managed one from several threads at once:
/// it must be thread-safe, give the same result for the same arguments, and should allocate nothing.
/// </summary>
public interface ILossFunction
{
    /// <summary>The tasks that the loss can train; a trainer of another task refuses it.</summary>
    LossTasks Tasks { get; }

    /// <summary>The loss of one row, and its derivative by each output.</summary>
    /// <param name="outputs">
    /// What the last layer gave, one logit or value for each output. Scores are made of them as for the built-in losses: sigmoid
    /// (binary, multilabel), softmax (multiclass), the inverse of <see cref="MlpOptions.LabelTransform"/> (regression).
    /// </param>
    /// <param name="targets">
    /// 0 or 1 (binary; multilabel, one for each output), the index of the class (multiclass), or the transformed label, one value for each output (regression).
    /// </param>
    /// <param name="gradient">Receives ∂ loss / ∂ output for each output; not weighted, which the engine does.</param>
    /// <returns>The loss. NaN or infinity ends training with a <see cref="TrainingDivergedException"/>.</returns>
    double Compute(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient);
}
