namespace MLExtensions.Tuning.Trials;

/// <summary>What a strategy knows of a trial.</summary>
/// <param name="Point">What was tried.</param>
/// <param name="State">How it went.</param>
/// <param name="Loss">What it reached, lower is better; NaN where that is not known.</param>
internal sealed record Observation(SearchPoint Point, TrialState State, double Loss)
{
    /// <summary>The number of the trial.</summary>
    public int Number { get; init; }

    /// <summary>The epochs that it lasted: of those that were stopped, a later one tells more.</summary>
    public int Epochs { get; init; }
}
