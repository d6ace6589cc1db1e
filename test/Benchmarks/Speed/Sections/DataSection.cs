using Microsoft.ML;
using MLExtensions.Networks.Rows;
using MLExtensions.Trainers.Labels;
using MLExtensions.Trainers.Reading;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>How fast rows are read and scaled.</summary>
internal static class DataSection
{
    private const int Columns = 50;

    public static IEnumerable<ReportTable> Run(SpeedRun run)
    {
        int rows = run.Size(1_000_000, 500);
        var ml = new MLContext(1);
        var view = NumberRow.CachedView(ml, rows, Columns);
        var standard = ml.Transforms.ScaleStandard("Scaled", "Features");
        var minMax = ml.Transforms.ScaleMinMax("Scaled", "Features");

        IContender[] reading = [Pass("reading alone", view, "Features", 1), Pass("reading alone", view, "Features", Environment.ProcessorCount)];
        var readings = run.Compete(reading);
        List<Measurement> measurements = [.. reading.Zip(readings, (contender, outcome) => Compare(contender.Name, outcome, [], readings))];
        foreach (var (name, key, estimator) in new (string, string, IEstimator<ITransformer>)[] { ("ScaleStandard", "standard", standard), ("ScaleMinMax", "minmax", minMax) })
        {
            var transformed = estimator.Fit(view).Transform(view);
            measurements.AddRange(Measure(new ScalingWork(key, "fit", rows, Columns), new LocalContender($"{name}, fit", () => Fit(estimator, view, rows))));
            measurements.AddRange(Measure(new ScalingWork(key, "transform", rows, Columns),
                Pass($"{name}, transform", transformed, "Scaled", 1), Pass($"{name}, transform", transformed, "Scaled", Environment.ProcessorCount)));
        }
        measurements.AddRange(Measure(null, new LocalContender("touching new memory alone", () => TouchNewMemory(rows)), new LocalContender("training set into memory", () => ReadTrainingSet(view))));

        yield return new("data", $"Reading and scaling: a cached view of {rows.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} rows of {Columns} numbers",
            "Rows per second. Transforming pulls every scaled vector through a cursor, fitting is one call of Fit; peers do either on the same numbers in memory, in one call. Reading alone pulls every vector in the same way and is measured in every contest. The training set is read as the trainer does, with its checks; before it, what no reader can do without: a new array of that size, of which one number per page of 4 KiB is written.",
            measurements);

        IEnumerable<Measurement> Measure(PeerWork? work, params IContender[] ours)
        {
            var (outcomes, peers) = run.Compete(work, [.. reading, .. ours]);
            return ours.Zip(outcomes.Skip(reading.Length), (contender, outcome) => Compare(contender.Name, outcome, peers, outcomes));
        }
    }

    private static Measurement Compare(string name, Outcome outcome, IReadOnlyList<PeerValue> peers, IReadOnlyList<Outcome> reading) => new(name, outcome.Median, Unit.RowsPerSecond)
    {
        Peers = peers,
        Details =
        [
            new("of reading, 1 cursor", 100 * outcome.Median / reading[0].Median, Unit.Percent),
            new($"of reading, {Environment.ProcessorCount} cursors", 100 * outcome.Median / reading[1].Median, Unit.Percent),
            new("spread of rounds", outcome.SpreadPercent, Unit.Percent),
        ],
    };

    private static LocalContender Pass(string name, IDataView view, string column, int cursors) =>
        new($"{name}, {cursors} cursor{(cursors == 1 ? "" : "s")}", () => ViewPass.Read(view, [column], cursors));

    private static long Fit(IEstimator<ITransformer> estimator, IDataView view, int rows)
    {
        estimator.Fit(view);
        return rows;
    }

    // Whoever gives the system its memory, a hypervisor that takes back what is free for one, decides on this more than any code.
    private static long TouchNewMemory(int rows)
    {
        const int Page = 4096 / sizeof(float);
        float[] values = GC.AllocateUninitializedArray<float>(rows * Columns);
        LargePages.Advise(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        for (int i = 0; i < values.Length; i += Page)
            values[i] = 1;
        return rows;
    }

    private static long ReadTrainingSet(IDataView view)
    {
        var label = new LabelColumn(view.Schema["Label"], TargetCount: 1, "a finite number", row => LabelReaders.Number(row, view.Schema["Label"]));
        var columns = new TrainingColumns(view.Schema["Features"], Columns, label, Weight: null);
        return DataBlockReader.Read(view, columns, validation: null, validationColumns: null, () => false).TrainingRows;
    }
}
