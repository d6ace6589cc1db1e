namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// A learning rate far below what the range test suggests, at which the training takes ten times as many epochs: a training at a higher rate is as good on the
/// validation rows after a tenth of them.
/// </summary>
internal sealed class LearningRateTooLow : IFinding
{
    private const double Below = 5;
    private const int Times = 10;

    public FindingText? Look(DiagnosedTraining training)
    {
        float rate = training.Options.Optimizer.LearningRate;
        if (training.Experiments is not { Rates.Suggestion: { } suggestion } experiments || Below * rate > suggestion
            || training.EpochOfModel is not { ValidationLoss: { } loss, Epoch: var epochs })
        {
            return null;
        }

        foreach (float other in new[] { suggestion, 3 * suggestion })
        {
            int reached = 0;
            experiments.Train(options => options with { Optimizer = options.Optimizer with { LearningRate = other } }, Math.Max(1, epochs / Times), report =>
            {
                if (report.ValidationLoss <= loss && reached == 0)
                    reached = report.Epoch;
                return reached > 0;
            });
            if (reached > 0)
            {
                return new(Invariant($"a LearningRate of {rate:G2} is far too low: the validation loss of epoch {epochs}, {loss:G3}, is that of epoch {reached} at a rate of {other:G2}."),
                    Invariant($"Try {suggestion:G2} to {3 * suggestion:G2}."));
            }
        }
        return null;
    }
}
