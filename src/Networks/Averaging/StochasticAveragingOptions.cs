namespace MLExtensions.Networks;

/// <summary>
/// Stochastic weight averaging: the plain mean of the weights at the end of each epoch from <see cref="FromEpoch"/> on. For it the
/// statistics of batch normalization are gathered anew, as the mean over the batches of one pass over the training rows.
/// </summary>
/// <remarks>
/// Izmailov et al. 2018, arXiv 1803.05407; as PyTorch's <c>AveragedModel</c> and <c>update_bn</c>. It lives from weights that keep
/// moving: a learning rate that stays high, and patience that lasts beyond <see cref="FromEpoch"/>.
/// </remarks>
public sealed record StochasticAveragingOptions : WeightAveragingOptions
{
    /// <summary>
    /// The first epoch whose weights are averaged, counted from 1 and at most that of training's last; 10 by default. Before it the present
    /// weights are validated.
    /// </summary>
    public int FromEpoch { get; init; } = 10;

    internal override IEnumerable<string> Validate(int epochs) => Failures(
        AtLeast(1, FromEpoch) ?? (FromEpoch > epochs ? Invariant($"FromEpoch must be at most NumberOfEpochs, {epochs}, or nothing is averaged, got {FromEpoch}") : null));
}
