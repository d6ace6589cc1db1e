using System.Globalization;
using System.Text.Json.Nodes;
using MLExtensions.Benchmarks.Speed;

namespace MLExtensions.Benchmarks.Tests;

[TestClass]
public sealed class ReportTests
{
    private static readonly Machine s_machine = new("A processor", new Dictionary<string, string> { ["vectors"] = "512 bits" });

    private static readonly ReportTable s_table = new("training", "Training", "Whole steps.",
    [
        new("64 x 32", 1_234_567.8, Unit.RowsPerSecond)
        {
            Peers = [new("slow", 1000), new("fast", 123_456.78)],
            Details = [new("of peak", 29.66, Unit.Percent)],
        },
        new("128 x 64", 500, Unit.RowsPerSecond) { Peers = [new("slow", 1000)] },
    ]);

    [TestMethod]
    public void Add_AsMarkdown_AlignsColumnsAndComparesWithTheFastestPeer()
    {
        Print(output => new MarkdownReport(output)).Should().Be("""
            # Speed on A processor

            - command: `bench`
            - vectors: 512 bits

            ## Training

            Whole steps.

            |          | ours (rows/s) |  slow |    fast | x fastest peer | of peak (%) |
            | -------- | ------------: | ----: | ------: | -------------: | ----------: |
            | 64 x 32  |     1,234,568 | 1,000 | 123,457 |          10.00 |        29.7 |
            | 128 x 64 |           500 | 1,000 |         |           0.50 |             |

            """.ReplaceLineEndings());
    }

    [TestMethod]
    public void Add_AsJson_GivesTheMachineAndThenALinePerMeasurement()
    {
        string[] lines = Print(output => new JsonReport(output)).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

        lines.Should().HaveCount(3);
        JsonNode.Parse(lines[0])!["machine"]!["cpu"]!.GetValue<string>().Should().Be("A processor");
        var row = JsonNode.Parse(lines[1])!;
        row["section"]!.GetValue<string>().Should().Be("training");
        row["name"]!.GetValue<string>().Should().Be("64 x 32");
        row["unit"]!.GetValue<string>().Should().Be("rows/s");
        row["value"]!.GetValue<double>().Should().Be(1_234_567.8);
        row["peers"]!["fast"]!.GetValue<double>().Should().Be(123_456.78);
        row["timesFastestPeer"]!.GetValue<double>().Should().BeApproximately(10, 1e-4);
        row["details"]!["of peak (%)"]!.GetValue<double>().Should().Be(29.66);
    }

    [TestMethod]
    public void TimesFastestPeer_WhereLessIsBetter_DividesThePeersTimeByOurs()
    {
        var measurement = new Measurement("one row", 400, Unit.Nanoseconds) { Peers = [new("slow", 30_000), new("fast", 20_000)] };

        measurement.TimesFastestPeer.Should().Be(50);
        (measurement with { Peers = [] }).TimesFastestPeer.Should().BeNull();
    }

    // A culture with other separators must change nothing.
    private static string Print(Func<TextWriter, IReport> create)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            using var output = new StringWriter();
            var report = create(output);
            report.Begin(s_machine, "bench");
            report.Add(s_table);
            return output.ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
