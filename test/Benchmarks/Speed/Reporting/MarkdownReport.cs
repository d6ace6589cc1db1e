using System.Globalization;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>Markdown with aligned columns: read as it is on the console, or committed as a file.</summary>
internal sealed class MarkdownReport(TextWriter output) : IReport
{
    public void Begin(Machine machine, string command)
    {
        output.WriteLine($"# Speed on {machine.Cpu}");
        output.WriteLine();
        foreach (var (name, value) in machine.Facts.Prepend(new("command", $"`{command}`")))
            output.WriteLine($"- {name}: {value}");
    }

    public void Note(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
    }

    public void Add(ReportTable table)
    {
        output.WriteLine();
        output.WriteLine($"## {table.Title}");
        output.WriteLine();
        output.WriteLine(table.Counted);
        output.WriteLine();
        MarkdownTable.Write(output, Cells(table));
        output.Flush();
    }

    private static List<string[]> Cells(ReportTable table)
    {
        bool oneUnit = table.Rows.Select(row => row.Unit).Distinct().Count() == 1;
        string[] peers = [.. table.Rows.SelectMany(row => row.Peers).Select(peer => peer.Peer).Distinct()];
        string[] details = [.. table.Rows.SelectMany(row => row.Details).Select(detail => detail.Heading).Distinct()];
        string[] ratio = peers.Length > 0 ? ["x fastest peer"] : [];

        List<string[]> cells = [["", oneUnit ? $"ours ({table.Rows[0].Unit.Text})" : "ours", .. peers, .. ratio, .. details]];
        foreach (var row in table.Rows)
        {
            cells.Add(
            [
                row.Name,
                oneUnit ? Format(row.Value, row.Unit) : $"{Format(row.Value, row.Unit)} {row.Unit.Text}",
                .. peers.Select(name => row.Peers.FirstOrDefault(peer => peer.Peer == name) is { } peer ? Format(peer.Value, row.Unit) : ""),
                .. ratio.Select(_ => row.TimesFastestPeer is { } times ? Format(times, Unit.Times) : ""),
                .. details.Select(name => row.Details.FirstOrDefault(detail => detail.Heading == name) is { } detail ? Format(detail.Value, detail.Unit) : ""),
            ]);
        }
        return cells;
    }

    private static string Format(double value, Unit unit) => value.ToString(unit.Format, CultureInfo.InvariantCulture);
}
