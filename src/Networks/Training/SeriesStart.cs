namespace MLExtensions.Networks;

/// <summary>What a <see cref="TrainingMonitor"/> is told when work of several trainings begins, such as a search or a cross-validation.</summary>
public sealed record SeriesStart
{
    /// <summary>The name of the work, such as <c>search</c> or <c>cross-validation</c>; the title of trainings that have none.</summary>
    public required string Name { get; init; }

    /// <summary>What one part of it is called, such as <c>trial</c> or <c>fold</c>; <c>fit</c> by default. The fits of a trainer are parts where nothing else is reported.</summary>
    public string Unit { get; init; } = "fit";

    /// <summary>The number of parts at most; null, the default, where it is not known.</summary>
    public int? Count { get; init; }

    /// <summary>How long the work may take; null, the default, for any time.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The work that this is a part of, as a trial is of a search; null for none.</summary>
    public SeriesStart? Parent { get; init; }
}
