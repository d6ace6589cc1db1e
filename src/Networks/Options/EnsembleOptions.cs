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
    /// Whether the rows are cut into as many folds as there are members (or turns, with <see cref="SelectsKinds"/>), each of which validates on one and trains on all others (true, the
    /// default: bagging), so that together they have trained on all rows; else each sets rows aside as one network does. Where nothing is set
    /// aside, all train on the same rows, and differ by their seeds. Groups stay together (<c>ValidationRows.ByGroup</c>). Folds give the out-of-fold predictions of the fitted transformer.
    /// </summary>
    public bool Folds { get; init; } = true;

    /// <summary>
    /// How long all members together may train; positive, none by default. When it is over no further member is begun, and those that it
    /// ends are left out, unless it ends all: then the mean is of what they have come to, and a warning says so. A training that it ends
    /// depends on the speed of the machine and cannot be repeated exactly.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// Options that members take turns with: the first member is of the options that this ensemble is part of, the second of the first of these, and so on, and then again
    /// from the start. Networks of different kinds get different rows wrong, and their mean fewer. Empty by default, for members that are all alike. The network and its
    /// training are as these options say; columns, labels, loss, rows set aside, the engine and the run are as the options around say for all, and must be left at their defaults here.
    /// </summary>
    public IReadOnlyList<MlpOptions> AlternatesWith { get; init; } = [];

    /// <summary>
    /// Embeddings of numbers that members take turns with: first come members with the embedding of the options that this ensemble is part of (and of each of <see cref="AlternatesWith"/>), then as many with
    /// the first of these in its place, and so on, and then again from the start, as far as there are members. Cosines follow what is smooth, piecewise linear embeddings find thresholds, and their mean does both. Empty by default. Where options embed no
    /// numbers (<c>NumberEmbedding = null</c>, or many features under <c>NumberEmbedding.ByFeatures</c>), they do in no turn; one that goes by the number of features does with each of these, in at most as many values.
    /// </summary>
    public IReadOnlyList<NumberEmbedding> NumberEmbeddings { get; init; } = [];

    /// <summary>
    /// Whether kinds of members (of <see cref="AlternatesWith"/> and <see cref="NumberEmbeddings"/>) that make the mean worse are left out of it: those without which
    /// its loss on rows that were held out is lower, by more than 1 + 120 / n standard errors of the difference, of n rows; and kinds with <see cref="MlpOptions.NeighborMeans"/>, which keep training rows and score slowly, unless the loss is lower with them by as much. They are compared on rows
    /// that members of each kind have held out: the members of one turn have the same fold, as many folds as there are turns, and where nothing is cut into <see cref="Folds"/> but trained a second time, they set the same rows aside. Those left out are not trained a second time where others are (<c>RefitOnAllRows</c>), and
    /// <see cref="TrainingHistory.LeftOut"/> tells of them. False by default: all members are kept.
    /// </summary>
    public bool SelectsKinds { get; init; }

    /// <summary>How many kinds of members there are.</summary>
    internal int Kinds => (1 + AlternatesWith.Count) * (1 + NumberEmbeddings.Count);

    /// <summary>How often members take turns, where all kinds have as many as there are.</summary>
    internal int Turns => (Members + Kinds - 1) / Kinds;

    internal IEnumerable<string> Validate() => Failures(
        AtLeast(2, Members),
        AlternatesWith is null ? "AlternatesWith must not be null; use [] for members that are all alike" : null,
        NumberEmbeddings is null ? "NumberEmbeddings must not be null; use [] for the same embedding in all members" : null,
        TimeLimit <= TimeSpan.Zero ? Invariant($"TimeLimit must be positive, got {TimeLimit}") : null,
        Members >= 2 && AlternatesWith?.Count >= Members
            ? Invariant($"AlternatesWith has {AlternatesWith.Count} options, and of {Members} Members, of which the first is of the options around, {AlternatesWith.Count - Members + 1} would have none: ask for more Members")
            : null,
        Members >= 2 && AlternatesWith is not null && NumberEmbeddings is not null && AlternatesWith.Count < Members && Kinds > Members
            ? Invariant($"NumberEmbeddings has {Plural.Of(NumberEmbeddings.Count, "embedding")}, {Kinds} kinds of members with the options around and AlternatesWith, and of {Members} Members some would have none: ask for more Members")
            : null,
        SelectsKinds && AlternatesWith is [] && NumberEmbeddings is []
            ? "SelectsKinds would have no effect, since all members are alike: give AlternatesWith or NumberEmbeddings, or leave it at its default, False"
            : null,
        SelectsKinds && Folds && AlternatesWith is not null && NumberEmbeddings is not null && Kinds > 1 && Kinds <= Members && (Turns < 2 || Members % Kinds != 0)
            ? Invariant($"SelectsKinds cuts rows into as many folds as members take turns, twice at least, and each kind has a member for each: ask for {Math.Max(2, Turns) * Kinds} Members of {Kinds} kinds in place of {Members}, or set Folds = false")
            : null)
        .Concat(NumberEmbeddings?.Index().SelectMany(one => (one.Item is null ? ["must not be null"] : one.Item.Validate()).Select(message => Invariant($"NumberEmbeddings[{one.Index}]: {message}"))) ?? []);
}
