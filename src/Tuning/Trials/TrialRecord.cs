namespace MLExtensions.Tuning.Trials;

/// <summary>A trial as it is kept.</summary>
/// <param name="Number">Its number, counted from 1.</param>
/// <param name="Worker">Who is or was at work on it.</param>
/// <param name="Point">What is tried.</param>
internal sealed record TrialRecord(int Number, string Worker, SearchPoint Point)
{
    public TrialState State { get; init; } = TrialState.Running;

    /// <summary>The objective, the mean over the folds; NaN where there is none.</summary>
    public double Score { get; init; } = double.NaN;

    /// <summary>The objective of each fold that was measured.</summary>
    public IReadOnlyList<double> Folds { get; init; } = [];

    /// <summary>The best loss of the epochs so far, lower is better, after as many as the key says.</summary>
    public IReadOnlyDictionary<int, double> Rungs { get; init; } = new Dictionary<int, double>();

    /// <summary>What was reached at last, as at rungs.</summary>
    public double LastRung { get; init; } = double.NaN;

    /// <summary>How many epochs the training of the first fold lasted.</summary>
    public int Epochs { get; init; }

    public double Seconds { get; init; }

    /// <summary>Why it failed, or when it was stopped; null for one that came to its end.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether its first fold was trained to its end.</summary>
    public bool CameThroughFirstFold { get; init; }

    /// <summary>What a strategy knows of it.</summary>
    public Observation Observed(bool higherIsBetter) => new(Point, State, higherIsBetter ? -Score : Score) { Number = Number, Epochs = Epochs };
}
