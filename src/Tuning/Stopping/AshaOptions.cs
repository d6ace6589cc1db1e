namespace MLExtensions.Tuning;

/// <summary>
/// Ends trials that are worse than others were after as many epochs: at each rung, <see cref="MinimumEpochs"/>, and from there on
/// <see cref="ReductionFactor"/> times as many each, a trial goes on if it is among the best 1/<see cref="ReductionFactor"/> of those that have come as far.
/// Trials never wait for one another.
/// </summary>
/// <remarks>
/// Asynchronous successive halving in its stopping form: Li, Jamieson, Rostamizadeh et al. 2020, "A System for Massively Parallel Hyperparameter Tuning", arXiv 1810.05934; without
/// the resuming of trials that were ended. What is compared is the best epoch so far. A trial whose learning rate falls with the epochs shows late what it is worth: begin
/// later where such schedules are searched.
/// </remarks>
public sealed record AshaOptions
{
    /// <summary>The epochs of the first rung, at least 1; 3 by default.</summary>
    public int MinimumEpochs { get; init; } = 3;

    /// <summary>One in how many goes on, and by how much rungs are apart; at least 2, 3 by default.</summary>
    public int ReductionFactor { get; init; } = 3;

    internal IEnumerable<string> Validate() => Failures(AtLeast(1, MinimumEpochs), AtLeast(2, ReductionFactor));
}
