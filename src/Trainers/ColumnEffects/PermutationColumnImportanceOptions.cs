namespace MLExtensions.Trainers;

/// <summary>What can be chosen about <c>ml.Model.PermutationColumnImportance</c>.</summary>
public sealed record PermutationColumnImportanceOptions
{
    /// <summary>The columns to permute, one by one; null, the default, for all that the predictions are made of, as the model tells.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// Columns that belong together and are permuted together, as one: those that say the same in other words (a date and its weekday) look
    /// unimportant one by one, since the model finds in the one what the other has lost. None by default.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Groups { get; init; } = [];

    /// <summary>How often each column is permuted, at least 2. 10 by default.</summary>
    public int Repeats { get; init; } = 10;

    /// <summary>The share of intervals that hold what they are of, above 0 and below 1. 0.95 by default.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Whether the metric is an error: the lower the better. False by default.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>The most rows that are used, drawn at random where there are more; they are held in memory. 10,000 by default.</summary>
    public int MaximumRows { get; init; } = 10_000;

    /// <summary>When no further repeat begins; two are made at least. Null, the default, for no limit. Results then depend on the machine.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The seed of permutations and of rows that are drawn. 1 by default.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checks all at once.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message lists all that are.</exception>
    internal void Check()
    {
        var failures = new List<string>();
        if (Columns is { Count: 0 })
            failures.Add($"{nameof(Columns)} must name a column, or be null.");
        if (Groups is null || Groups.Any(group => group is not { Count: > 0 }))
            failures.Add($"{nameof(Groups)} must be lists of columns, none of them empty.");
        if (Repeats < 2)
            failures.Add(Invariant($"{nameof(Repeats)} must be at least 2, got {Repeats}."));
        if (!(Confidence > 0 && Confidence < 1))
            failures.Add(Invariant($"{nameof(Confidence)} must be above 0 and below 1, got {Confidence}."));
        if (MaximumRows < 2)
            failures.Add(Invariant($"{nameof(MaximumRows)} must be at least 2, got {MaximumRows}."));
        if (TimeLimit is { } limit && limit < TimeSpan.Zero)
            failures.Add(Invariant($"{nameof(TimeLimit)} must not be negative, got {limit}."));
        if (failures.Count > 0)
            throw new ArgumentException(string.Join(" ", failures), "options");
    }
}
