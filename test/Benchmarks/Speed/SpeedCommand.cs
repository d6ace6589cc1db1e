namespace MLExtensions.Benchmarks.Speed;

/// <summary>A part of a run that can be asked for by name.</summary>
internal sealed record Section(string Name, Func<SpeedRun, IEnumerable<ReportTable>> Run);

/// <summary>Measures ours and other libraries in one run and reports.</summary>
internal static class SpeedCommand
{
    private static readonly Section[] s_sections =
    [
        new("training", TrainingSection.Run),
        new("presets", PresetsSection.Run),
        new("scoring", ScoringSection.Run),
        new("data", DataSection.Run),
        new("cost", CostSection.Run),
        new("rows", RowsSection.Run),
        new("startup", StartupSection.Run),
    ];

    /// <summary>The names of all sections, in the order in which they run.</summary>
    public static IEnumerable<string> SectionNames => s_sections.Select(section => section.Name);

    /// <summary>Runs sections.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="command">The command line, for the report.</param>
    /// <param name="output">Receives the results.</param>
    public static void Run(SpeedOptions options, string command, TextWriter output)
    {
        using var file = new StringWriter();
        var report = new Reports(options.Json ? new JsonReport(output) : new MarkdownReport(output), new MarkdownReport(file));

        List<string> notes = [];
        using var peers = options.Peers ? PeerSet.Start(options.PythonPath, notes.Add) : PeerSet.None();
        report.Begin(Machine.Describe(peers.All), command);
        notes.ForEach(report.Note);

        var run = new SpeedRun(options, peers);
        foreach (var section in s_sections.Where(section => options.Sections.Count == 0 || options.Sections.Contains(section.Name)))
        {
            foreach (var table in section.Run(run))
                report.Add(table);
        }
        if (peers.All.Count > 0)
            report.Note(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"While ours was measured, the peers' processes used {peers.DisturbancePercent:F1} % of one processor."));
        if (options.MarkdownPath is { } path)
            Save(file.ToString(), path);
    }

    // Beside, then renamed: a run that is ended early leaves the old file.
    private static void Save(string text, string path)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }
}
