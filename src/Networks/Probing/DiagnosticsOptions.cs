namespace MLExtensions.Networks;

/// <summary>
/// Asks for statistics of each layer after each epoch: see <see cref="MlpOptions.Diagnostics"/>. A sample of the training rows passes once forward
/// and backward through a copy of the network, on the processor whatever trains; the training is the same bit for bit.
/// </summary>
public sealed record DiagnosticsOptions
{
    /// <summary>
    /// The most rows of the sample, at least 2; 256 by default: all rows where there are fewer, else such as lie equally far apart. An epoch takes longer by
    /// about this many rows over those that are trained on, times the threads that train.
    /// </summary>
    public int NumberOfRows { get; init; } = 256;

    internal IEnumerable<string> Validate() => Failures(AtLeast(2, NumberOfRows));
}
