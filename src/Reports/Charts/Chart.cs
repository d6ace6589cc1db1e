namespace MLExtensions.Reports.Charts;

/// <summary>A chart: what is drawn, and the table behind it.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Kind">How.</param>
/// <param name="X">The name of the horizontal axis, with its unit; of bars, what each is of.</param>
/// <param name="Y">The name of the vertical axis; of bars, of their length.</param>
/// <param name="Series">What is drawn, one colour each.</param>
internal sealed record Chart(string Title, ChartKind Kind, string X, string Y, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>The names of the bars; empty for other kinds.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>A vertical line at this place, such as the best epoch.</summary>
    public double? Mark { get; init; }

    /// <summary>What the mark is.</summary>
    public string MarkName { get; init; } = "";

    /// <summary>Whether the vertical axis is logarithmic; values of 0 and less are left out then.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    public bool IsLogarithmicX { get; init; }

    /// <summary>One sentence on how to read it.</summary>
    public string Note { get; init; } = "";
}

/// <summary>How a chart shows its numbers.</summary>
internal enum ChartKind
{
    /// <summary>Points joined in their order.</summary>
    Line,

    /// <summary>Points.</summary>
    Points,

    /// <summary>How frequent values are: steps around the middle of each bin.</summary>
    Steps,

    /// <summary>Horizontal bars, one for each category.</summary>
    Bars,

    /// <summary>Lines over parallel axes, one for each category: X is the number of the axis, Y the place on it from 0 to 1; NaN stands between two lines.</summary>
    Parallel,
}

/// <summary>Numbers of one colour.</summary>
/// <param name="Name">What they are.</param>
/// <param name="X">Where; for bars, nothing.</param>
/// <param name="Y">How much, as many; NaN where there is nothing.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Whether the line is dashed: something to compare with.</summary>
    public bool IsDashed { get; init; }

    /// <summary>Half the width of the interval around each; null for none.</summary>
    public IReadOnlyList<double>? Margins { get; init; }
}
