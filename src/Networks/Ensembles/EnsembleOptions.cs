namespace MLExtensions.Networks;

/// <summary>
/// Several networks in place of one, whose outputs are averaged: probabilities of classes, values of a regression. What one network gets
/// wrong by chance, of its start and of the rows set aside, the mean gets less wrong.
/// </summary>
public sealed record EnsembleOptions
{
    /// <summary>The number of networks, at least 2; 5 by default.</summary>
    public int Members { get; init; } = 5;

    /// <summary>
    /// Whether the rows are cut into as many folds as there are members, each of which validates on one and trains on all others (true, the
    /// default: bagging), so that together they have trained on all rows; else each sets rows aside as one network does. Where nothing is set
    /// aside, all train on the same rows, and differ by their seeds. Folds give the out-of-fold predictions of the fitted transformer.
    /// </summary>
    public bool Folds { get; init; } = true;

    /// <summary>
    /// About how long all members together may train; positive, none by default. Each has its share of what is left when it begins, as many
    /// as train side by side counted as one, and ends there with its best weights; when nothing is left, none is begun but the first. A
    /// training that it ends depends on the speed of the machine and cannot be repeated exactly.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    internal IEnumerable<string> Validate() => Failures(
        AtLeast(2, Members), TimeLimit <= TimeSpan.Zero ? Invariant($"TimeLimit must be positive, got {TimeLimit}") : null);
}
