namespace MLExtensions.Networks.Diagnosis;

/// <summary>
/// A learning rate that the range test finds too high, and a training at the suggested one is better. Either the test's loss had left at the rate, and
/// the other training has some advantage; or the rate is beyond that of the least loss, and the advantage is large and beyond chance.
/// </summary>
internal sealed class LearningRateTooHigh : IFinding
{
    // Of the rate with the least loss.
    private const double Beyond = 3;

    // Of what can be gained over the constant prediction.
    private const double Some = 0.03;
    private const double Much = 0.1;

    public FindingSeverity Severity => FindingSeverity.Error;

    public FindingText? Look(DiagnosedTraining training)
    {
        float rate = training.Options.Optimizer.LearningRate;
        if (training is { Divergence: not null, Experiments.Rates: { Suggestion: null, Diverged: true } bare } && rate >= bare.Rates[^1])
            return new(Invariant($"a LearningRate of {rate:G2} is far too high: in a range test the loss left at {bare.Rates[^1]:G2}, and the training diverged."), Invariant($"Try {rate / 100:G1}."));
        if (training.Experiments is not { Rates: { Suggestion: { } suggestion, Least: { } least } curve } experiments || rate <= least)
            return null;

        string test = Invariant($"a LearningRate of {rate:G2} is far too high: in a range test the loss was least at {least:G2}");
        string advice = Invariant($"Try {suggestion:G2}.");
        if (training.Divergence is not null)
            return new(Invariant($"{test}, and the training diverged."), advice);
        if (experiments.Trained is not { } trained || training.ConstantPrediction is not { } constant || training.EpochOfModel is not { ValidationLoss: { } loss })
            return null;

        bool hasLeft = HasLeft(curve, rate);
        if (!hasLeft && rate < Beyond * least
            || experiments.Train(options => options with { Optimizer = options.Optimizer with { LearningRate = suggestion } }) is not { } other)
        {
            return null;
        }

        var gain = PairedDifference.Of(experiments.Validate(trained), experiments.Validate(other));
        double possible = Math.Abs(constant.Loss - (loss - gain.Mean));
        bool isBetter = gain.Mean > (hasLeft ? Some : Much) * possible && (hasLeft || gain.Z > 3.3);
        return isBetter
            ? new(Invariant($"{test}{(hasLeft ? Invariant($" and had left at {rate:G2}") : "")}, and a training at {suggestion:G2} comes to {loss - gain.Mean:G3} on the validation rows, not {loss:G3}."), advice)
            : null;
    }

    // Above where it began, at a rate behind the least loss and up to this one.
    private static bool HasLeft(LearningRateCurve curve, float rate)
    {
        if (curve.Diverged && rate >= curve.Rates[^1])
            return true;
        double start = curve.SmoothedLosses[0];
        return curve.Rates.Zip(curve.SmoothedLosses).Any(point => point.First > curve.Least && point.First <= rate && point.Second > start + 0.1 * Math.Abs(start));
    }
}
