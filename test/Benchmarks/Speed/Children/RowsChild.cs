using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLExtensions.Networks;
using MLExtensions.Trainers;

namespace MLExtensions.Benchmarks.Speed;

/// <summary>
/// Trains 20-256-256-1 in batches of 256 in a fresh process, and prints rows per second after the first eighth of an epoch, the highest working set, and the
/// seconds until training began.
/// </summary>
internal static class RowsChild
{
    private const int Columns = 20;
    private const int Batch = 256;

    /// <param name="rows">The number of rows.</param>
    /// <param name="maximumBytes">The memory that they may take; 0 for any.</param>
    /// <param name="trained">The rows to train on before it ends.</param>
    public static void Run(int rows, long maximumBytes, int trained)
    {
        using var end = new CancellationTokenSource();
        var monitor = new Monitor(trained, end.Cancel);
        var ml = new MLContext(1);
        long start = Stopwatch.GetTimestamp();
        ml.Regression.Trainers.DeepMlp(new DeepMlpOptions
        {
            HiddenLayers = [256, 256],
            NumberEmbedding = null,
            BatchSize = Batch,
            NumberOfEpochs = 100,
            EarlyStopping = null,
            Progress = monitor,
            KeepBestWhenCanceled = true,
            CancellationToken = end.Token,
            RowMemory = maximumBytes == 0 ? null : new RowMemoryOptions { MaximumBytes = maximumBytes },
        }).Fit(NumberRow.View(ml, NumberRow.Rows(rows, Columns), Columns));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{monitor.RowsPerSecond} {process.PeakWorkingSet64} {Stopwatch.GetElapsedTime(start, monitor.Begun).TotalSeconds}"));
    }

    /// <summary>Counts rows, and ends the training.</summary>
    private sealed class Monitor(int rows, Action end) : TrainingMonitor
    {
        private int _rows;
        private long _counted;
        private int _before;

        public long Begun { get; private set; }

        public double RowsPerSecond { get; private set; }

        public override TrainingTrack Begin(TrainingStart start)
        {
            Begun = Stopwatch.GetTimestamp();
            return new Track(this);
        }

        private void Count(StepReport step)
        {
            _rows += step.Rows;
            if (_counted == 0 && _rows >= rows / 8)
            {
                (_counted, _before) = (Stopwatch.GetTimestamp(), _rows);
                return;
            }
            if (_rows < rows || RowsPerSecond > 0)
                return;
            RowsPerSecond = (_rows - _before) / Stopwatch.GetElapsedTime(_counted).TotalSeconds;
            end();
        }

        private sealed class Track(Monitor monitor) : TrainingTrack
        {
            public override bool WantsSteps => true;

            public override void Report(EpochReport report)
            {
            }

            public override void Report(StepReport report) => monitor.Count(report);
        }
    }
}
