namespace MLExtensions.Reports.Sections;

/// <summary>A part of the page. A new one is a file, and a line in <see cref="All"/>.</summary>
/// <param name="id">Its name in addresses.</param>
/// <param name="title">Its heading.</param>
internal abstract class ReportSection(string id, string title)
{
    /// <summary>All parts, in the order of the page.</summary>
    public static IReadOnlyList<ReportSection> All { get; } =
    [
        new TrainingSection(), new DiagnosisSection(), new LearningRateSection(), new SearchSection(), new LayerSection(), new MetricsSection(), new ConfusionSection(), new ThresholdSection(), new CalibrationSection(),
        new ResidualSection(), new ImportanceSection(), new OptionSection(), new DataSection(), new NetworkSection(),
    ];

    /// <summary>Its name in addresses.</summary>
    public string Id => id;

    /// <summary>Its heading.</summary>
    public string Title => title;

    /// <summary>Whether there is anything to show.</summary>
    public abstract bool IsFor(ReportFacts facts);

    /// <summary>Writes what stands below the heading.</summary>
    public abstract void Write(Html html, ReportFacts facts);

    /// <summary>Writes charts beside one another where there is room.</summary>
    protected static void Charts(Html html, IEnumerable<Chart> charts) => html.Element("div class=\"grid\"", () =>
    {
        foreach (var chart in charts)
            ChartWriter.Write(html, chart);
    });
}
