namespace MLExtensions.Reports;

/// <summary>What is to be on the page of a <see cref="TrainingReport"/>.</summary>
public sealed record ReportOptions
{
    /// <summary>The title of the page; by default it says what was trained.</summary>
    public string? Title { get; init; }

    /// <summary>The name of the label column of the data; by default that of the training.</summary>
    public string? LabelColumnName { get; init; }

    /// <summary>The most points of a chart that has one for each row; 1,000 by default. More rows are drawn by lot.</summary>
    public int MaximumPoints { get; init; } = 1000;

    /// <summary>How often each column is permuted to see how much worse the model is without it; 5 by default, 0 for not at all, else at least 2.</summary>
    public int ImportanceRepeats { get; init; } = 5;

    /// <summary>The most rows that importance is measured on; 2,000 by default. More rows are drawn by lot.</summary>
    public int ImportanceRows { get; init; } = 2000;

    /// <summary>When no further repeat begins; two are made at least. A minute by default, null for no limit. Where it strikes, results depend on the machine.</summary>
    public TimeSpan? ImportanceTimeLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A learning-rate range test of the trainer (<c>trainer.FindLearningRate(data)</c>), to be shown with its suggestion; null, the default, for none.</summary>
    public LearningRateCurve? LearningRates { get; init; }

    /// <summary>A diagnosis of the trainer (<c>trainer.Diagnose(data)</c>), to be shown with its range test; null, the default, for none.</summary>
    public TrainingDiagnosis? Diagnosis { get; init; }

    /// <summary>The leaderboard of a search (<c>result.Leaderboard</c>), to be shown with the importance of its options; null, the default, for none.</summary>
    public Leaderboard? Search { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumPoints, 10);
        ArgumentOutOfRangeException.ThrowIfNegative(ImportanceRepeats);
        ArgumentOutOfRangeException.ThrowIfEqual(ImportanceRepeats, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ImportanceRows, 10);
    }
}
