namespace MLExtensions.Networks.Diagnosis;

/// <summary>Gradients that are not the slopes of the loss: a function, loss or network of one's own has a mistake in its derivative.</summary>
internal sealed class WrongGradient : IFinding
{
    // In double precision 0.01 is already wrong. Single precision and the kinks of ReLUs cost up to 0.02; a wrong sign or factor of 2 gives 0.3 and more.
    private const double Much = 0.1;

    public FindingSeverity Severity => FindingSeverity.Error;

    // Losses of values that are too large are rounded too coarsely for slopes.
    public IEnumerable<string> FollowsFrom => [nameof(UnscaledFeatures), nameof(ExplodingLayers)];

    public FindingText? Look(DiagnosedTraining training) => training.Experiments is { GradientDifference: > Much and var difference }
        ? new(Invariant($"gradients and numerical slopes of the loss differ by {difference:G2} of their size (‖a - n‖ / (‖a‖ + ‖n‖)), where under 0.01 is usual."),
            "Check the derivative of each CustomActivation, CustomLoss and layer of your own.")
        : null;
}
