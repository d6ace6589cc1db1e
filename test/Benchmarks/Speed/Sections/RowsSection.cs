using System.Globalization;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>What a training takes whose rows do not fit into the memory that they may take.</summary>
internal static class RowsSection
{
    public static IEnumerable<ReportTable> Run(SpeedRun run)
    {
        int rows = run.Size(10_000_000, 20_000), trained = run.Size(2_000_000, 8_000);
        var inMemory = Measure(rows, 0, trained);
        var onDisk = Measure(rows, run.Size(256_000_000, 1_000_000), trained);
        yield return new("rows", string.Create(CultureInfo.InvariantCulture, $"Rows on disk: {rows:N0} rows of 20 numbers, 2 x 256 units, batches of 256"),
            "Rows per second of training in a fresh process, all rows in memory or as many as RowMemory.MaximumBytes of 256 million bytes lets in; the highest working set of the process; the seconds of reading, scaling and splitting before. A view that makes its rows as they are read.",
            [Describe("in memory", inMemory, inMemory), Describe("on disk", onDisk, inMemory)]);
    }

    private static Measurement Describe(string name, double[] values, double[] inMemory) => new(name, values[0], Unit.RowsPerSecond)
    {
        Details =
        [
            new("of that in memory", 100 * values[0] / inMemory[0], Unit.Percent),
            new("highest working set", values[1] / 1e6, Unit.Megabytes),
            new("until training", 1000 * values[2], Unit.Milliseconds),
        ],
    };

    private static double[] Measure(int rows, int maximumBytes, int trained) =>
        [.. ChildProcess.Read("rows", Text(rows), Text(maximumBytes), Text(trained)).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
