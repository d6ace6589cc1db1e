namespace MLExtensions.Benchmarks.Speed;

/// <summary>Several reports of the same run.</summary>
internal sealed class Reports(params IReadOnlyList<IReport> reports) : IReport
{
    public void Begin(Machine machine, string command)
    {
        foreach (var report in reports)
            report.Begin(machine, command);
    }

    public void Note(string text)
    {
        foreach (var report in reports)
            report.Note(text);
    }

    public void Add(ReportTable table)
    {
        foreach (var report in reports)
            report.Add(table);
    }
}
