namespace MLExtensions.Networks;

/// <summary>
/// A moving average of the weights: the weights after the first step, then a ← decay a + (1 - decay) w after each. The running
/// statistics of batch normalization are averaged alike, so that they are those of the averaged weights' recent past.
/// </summary>
/// <remarks>Polyak, Juditsky 1992; as PyTorch's <c>AveragedModel</c> with <c>use_buffers</c> and an exponential <c>avg_fn</c>.</remarks>
public sealed record ExponentialAveragingOptions : WeightAveragingOptions
{
    private const int MostStepsBack = 1000;

    /// <summary>
    /// The decay, at least 0 and below 1. The average looks back about 1 / (1 - decay) steps: keep that well below the number of steps of
    /// the training. By default null: as many steps as an epoch has, at most 1,000. Of epochs of a single step nothing is averaged then.
    /// </summary>
    public float? Decay { get; init; }

    /// <summary>The decay; null for no averages.</summary>
    /// <param name="stepsPerEpoch">The steps of the first epoch.</param>
    internal float? DecayFor(int stepsPerEpoch) => Decay ?? (stepsPerEpoch > 1 ? 1 - 1f / Math.Min(stepsPerEpoch, MostStepsBack) : null);

    internal override IEnumerable<string> Validate(int epochs) => Failures(Decay is { } decay ? Rate(decay, nameof(Decay)) : null);
}
