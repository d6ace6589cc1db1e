namespace MLExtensions.Networks.Diagnosis;

/// <summary>A training loss that is greater at the end than at the start, by more than chance: the learning rate is far too high.</summary>
internal sealed class RisingLoss : IFinding
{
    private const double Rise = 0.1;

    public FindingText? Look(DiagnosedTraining training)
    {
        if (training.History is not { Epochs: [var first, .., var last] })
            return null;

        float rate = training.Options.Optimizer.LearningRate;
        return last.TrainingLoss - first.TrainingLoss <= Rise * Math.Abs(first.TrainingLoss)
            ? null
            : new(Invariant($"the training loss rose from {first.TrainingLoss:G3} in epoch 1 to {last.TrainingLoss:G3} in epoch {last.Epoch}: a LearningRate of {rate} may be far too high."),
                Invariant($"Try {rate / 10:G3}, or a schedule that warms up."));
    }
}
