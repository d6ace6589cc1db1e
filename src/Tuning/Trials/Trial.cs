namespace MLExtensions.Tuning;

/// <summary>One trial of a search.</summary>
/// <param name="Number">Its number, counted from 1.</param>
/// <param name="State">How it went.</param>
/// <param name="Options">The options that it tried; null where they could not be made.</param>
public sealed record Trial(int Number, TrialState State, DeepMlpOptions? Options)
{
    /// <summary>What was measured, the mean over the folds; null where nothing could be.</summary>
    public double? Score { get; init; }

    /// <summary>What was measured in each fold that was trained.</summary>
    public IReadOnlyList<double> FoldScores { get; init; } = [];

    /// <summary>What was chosen, by name, as text; empty for the options as they were given. What a choice has hidden is not among them.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Where each thing that is searched stands on its scale, from 0 to 1; NaN for what is not among <see cref="Values"/>.</summary>
    internal IReadOnlyList<double> Places { get; init; } = [];

    /// <summary>How many epochs the training lasted, that of the first fold.</summary>
    public int Epochs { get; init; }

    /// <summary>How long the trial took.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Why it failed, or where it was stopped; null for one that came to its end.</summary>
    public string? Reason { get; init; }

    /// <summary>The trial in a line.</summary>
    public override string ToString()
    {
        string values = Values.Count == 0 ? "the options as given" : string.Join(", ", Values.Select(value => $"{value.Key} {value.Value}"));
        string score = Score is { } known ? $" {NumberText.Of(known)}" : "";
        return $"trial {Number}: {State}{score}, {values}{(Reason is null ? "" : $" ({Reason})")}";
    }
}
