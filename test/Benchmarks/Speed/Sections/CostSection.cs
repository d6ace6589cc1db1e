using System.Globalization;
using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>How time and memory grow with the work.</summary>
internal static class CostSection
{
    public static IEnumerable<ReportTable> Run(SpeedRun run)
    {
        yield return new("cost", "Cost by rows: 54-64-64-7, batches of 256",
            "Time per row and epoch of a trainer's Fit, from the history; as many epochs as make six million rows. Median, the first epoch left out.",
            [.. new[] { 10_000, 100_000, 1_000_000 }.Select(rows => MeasureRows(run.Size(rows, rows / 1000), run.Size(6_000_000, 2000)))]);
        yield return new("cost", "Cost by weights: 54 features, two hidden layers, 7 classes, batches of 256",
            "Training steps on automatic threads. Time per row and weight; networks take turns.", MeasureWeights(run));
        yield return new("cost", "Memory of training",
            "Allocation: managed bytes of all threads, over one epoch of 54-256-256-7 in batches of 256 after a first one; in the trainer's loop, which also records the epoch, per epoch. " +
            "Peak: how far a Fit raises the highest working set of its process after a small Fit, beside what it must hold: rows, weights, gradient, Adam's two moments, activations and their gradients of one batch.",
            [MeasureStepAllocation(run), MeasureLoopAllocation(run), .. MeasurePeaks(run)]);
    }

    private static Measurement MeasureRows(int rows, int rowsOfAllEpochs)
    {
        var ends = new List<double>();
        Fit(rows, epochs: rowsOfAllEpochs / rows, batch: 256, new ImmediateProgress(report => ends.Add(report.Seconds)));
        double median = Outcome.Of(ends.Zip(ends.Skip(1), (start, end) => end - start)).Median;
        return new(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows"), 1e9 * median / rows, Unit.Nanoseconds)
        {
            Details = [new("rate", rows / median, Unit.RowsPerSecond)],
        };
    }

    private static Measurement[] MeasureWeights(SpeedRun run)
    {
        NetworkCase[] networks = [.. new[] { 32, 64, 128, 256, 512, 1024 }.Select(units => new NetworkCase(units, batch: run.Size(256, 16)))];
        ManagedTraining[] trainings = [.. networks.Select(network => new ManagedTraining(network, run.Size(20_000, 32), threads: 0))];
        var outcomes = run.Compete(trainings.Select(training => new LocalContender("steps", training.Step)));
        Array.ForEach(trainings, training => training.Dispose());
        return [.. networks.Zip(outcomes, (network, outcome) => Describe(run, network, outcome))];
    }

    private static Measurement Describe(SpeedRun run, NetworkCase network, Outcome outcome)
    {
        var description = network.Describe();
        long weights = StepCost.Weights(description);
        double gigaflops = outcome.Median * StepCost.FlopsPerRow(description) / 1e9;
        return new($"2 x {network.Units} units", 1e12 / outcome.Median / weights, Unit.Picoseconds)
        {
            Details =
            [
                new("weights", weights, Unit.Count),
                new("rate", outcome.Median, Unit.RowsPerSecond),
                new("of peak", 100 * gigaflops / run.PeakOfAllThreads, Unit.Percent),
            ],
        };
    }

    private static Measurement MeasureStepAllocation(SpeedRun run)
    {
        using var training = new ManagedTraining(new NetworkCase(256, 256), run.Size(20_000, 512), threads: 0);
        RunEpoch();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        RunEpoch();
        double perStep = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / training.StepsPerEpoch;
        return new("allocation per step", perStep, Unit.Bytes) { Details = [new("steps", training.StepsPerEpoch, Unit.Count)] };

        void RunEpoch()
        {
            for (int step = 0; step < training.StepsPerEpoch; step++)
                training.Step();
        }
    }

    private static Measurement MeasureLoopAllocation(SpeedRun run)
    {
        var marks = new long[4];
        int rows = run.Size(20_000, 512), batch = run.Size(256, 16);
        Fit(rows, marks.Length, batch, new ImmediateProgress(report => marks[report.Epoch - 1] = GC.GetTotalAllocatedBytes(precise: true)));
        return new("allocation per epoch", marks[3] - marks[2], Unit.Bytes) { Details = [new("steps", (rows + batch - 1) / batch, Unit.Count)] };
    }

    private static IEnumerable<Measurement> MeasurePeaks(SpeedRun run)
    {
        foreach (var (name, kind) in new[] { ("peak, number of rows known", "known"), ("peak, number of rows unknown", "unknown") })
        {
            int rows = run.Size(300_000, 500);
            double[] bytes = [.. ChildProcess.Read("memory", rows.ToString(CultureInfo.InvariantCulture), kind).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            yield return new(name, bytes[0] / 1e6, Unit.Megabytes)
            {
                Details = [new("must hold", bytes[1] / 1e6, Unit.Megabytes), new("peak beside it", bytes[0] / bytes[1], Unit.Times)],
            };
        }
    }

    private static void Fit(int rows, int epochs, int batch, IProgress<EpochReport> progress)
    {
        var ml = new MLContext(1);
        var view = NumberRow.View(ml, NumberRow.Rows(rows, columns: 54), columns: 54);
        ml.Regression.Trainers.DeepMlp(new DeepMlpOptions
        {
            InputScaling = null,
            NumberEmbedding = null,
            WeightAveraging = null,
            HiddenLayers = [64, 64],
            BatchSize = batch,
            NumberOfEpochs = epochs,
            EarlyStopping = null,
            DropoutRate = 0,
            Optimizer = new AdamOptions { LearningRate = 1e-5f },
            Progress = progress,
        }).Fit(view);
    }
}
