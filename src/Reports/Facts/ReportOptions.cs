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

    /// <summary>How often each feature is permuted to see how much worse the model is without it; 3 by default, 0 for not at all.</summary>
    public int ImportanceRepeats { get; init; } = 3;

    /// <summary>The most rows that importance is measured on; 5,000 by default. More rows are drawn by lot.</summary>
    public int ImportanceRows { get; init; } = 5000;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumPoints, 10);
        ArgumentOutOfRangeException.ThrowIfNegative(ImportanceRepeats);
        ArgumentOutOfRangeException.ThrowIfLessThan(ImportanceRows, 10);
    }
}
