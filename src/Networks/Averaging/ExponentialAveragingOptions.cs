namespace MLExtensions.Networks;

/// <summary>
/// A moving average of the weights: the weights after the first step, then a ← decay a + (1 - decay) w after each. The running
/// statistics of batch normalization are averaged alike, so that they are those of the averaged weights' recent past.
/// </summary>
/// <remarks>Polyak, Juditsky 1992; as PyTorch's <c>AveragedModel</c> with <c>use_buffers</c> and an exponential <c>avg_fn</c>.</remarks>
public sealed record ExponentialAveragingOptions : WeightAveragingOptions
{
    /// <summary>
    /// The decay, at least 0 and below 1; 0.99 by default. The average looks back about 1 / (1 - decay) steps: keep that well below the
    /// number of steps of the training.
    /// </summary>
    public float Decay { get; init; } = 0.99f;

    internal override IEnumerable<string> Validate(int epochs) => Failures(Rate(Decay));
}
