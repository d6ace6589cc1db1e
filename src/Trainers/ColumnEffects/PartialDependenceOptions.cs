namespace MLExtensions.Trainers;

/// <summary>What can be chosen about <c>ml.Model.PartialDependence</c>.</summary>
public sealed record PartialDependenceOptions
{
    /// <summary>
    /// The most values of a column at which predictions are made, at least 2. Of a number with more of them those at equally spaced shares of its
    /// rows, from 5 to 95 of a hundred; of categories the most frequent. 20 by default.
    /// </summary>
    public int GridSize { get; init; } = 20;

    /// <summary>The most rows that are used, drawn at random where there are more; they are held in memory. 1,000 by default.</summary>
    public int MaximumRows { get; init; } = 1_000;

    /// <summary>The column of predictions, a <c>Single</c> or a vector; null, the default, for <c>Probability</c> where the model gives it, else <c>Score</c>.</summary>
    public string? ScoreColumnName { get; init; }

    /// <summary>The seed of rows that are drawn. 1 by default.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checks all at once.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message lists all that are.</exception>
    internal void Check()
    {
        var failures = new List<string>();
        if (GridSize < 2)
            failures.Add(Invariant($"{nameof(GridSize)} must be at least 2, got {GridSize}."));
        if (MaximumRows < 1)
            failures.Add(Invariant($"{nameof(MaximumRows)} must be at least 1, got {MaximumRows}."));
        if (ScoreColumnName is { Length: 0 })
            failures.Add($"{nameof(ScoreColumnName)} must not be empty.");
        if (failures.Count > 0)
            throw new ArgumentException(string.Join(" ", failures), "options");
    }
}
