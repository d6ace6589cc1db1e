using MLExtensions.Networks;

namespace MLExtensions.Trainers.Tests;

/// <summary>A monitor that remembers what it is told.</summary>
internal sealed class RecordingMonitor : TrainingMonitor
{
    private int _inside;

    public List<RecordingTrack> Tracks { get; } = [];

    /// <summary>What it was told of work of several trainings.</summary>
    public List<string> SeriesCalls { get; } = [];

    public bool WantsSteps { get; init; }

    public Action<EpochReport> OnEpoch { get; init; } = _ => { };

    /// <summary>The most calls that were under way at a time.</summary>
    public int MostAtOnce { get; private set; }

    public override TrainingTrack Begin(TrainingStart start)
    {
        var track = new RecordingTrack(this, start);
        Tracks.Add(track);
        return track;
    }

    public override SeriesTrack? BeginSeries(SeriesStart start)
    {
        SeriesCalls.Add($"begin {start.Name}");
        return new RecordingSeries(SeriesCalls, start.Name);
    }

    internal void Count(Action call)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));

        // Long enough for another member to come in meanwhile, where nothing keeps it out.
        Thread.Sleep(1);
        try
        {
            call();
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }
}

/// <summary>What a <see cref="RecordingMonitor"/> was told of one training.</summary>
internal sealed class RecordingTrack(RecordingMonitor monitor, TrainingStart start) : TrainingTrack
{
    public TrainingStart Start { get; } = start;

    public List<string> Calls { get; } = [];

    public List<StepReport> Steps { get; } = [];

    public List<EpochReport> Epochs { get; } = [];

    public List<int> Threads { get; } = [];

    public TrainingHistory? History { get; private set; }

    public override bool WantsSteps => monitor.WantsSteps;

    public override void Report(StepReport step) => monitor.Count(() =>
    {
        Steps.Add(step);
        Calls.Add($"step {step.Epoch}.{step.Batch} of {step.Batches}");
    });

    public override void Report(EpochReport epoch) => monitor.Count(() =>
    {
        monitor.OnEpoch(epoch);
        Epochs.Add(epoch);
        Threads.Add(Environment.CurrentManagedThreadId);
        Calls.Add($"epoch {epoch.Epoch}");
    });

    public override void End(TrainingHistory history) => monitor.Count(() =>
    {
        History = history;
        Calls.Add("end");
    });

    public override void Fail(Exception reason) => Calls.Add($"fail {reason.GetType().Name}");

    public override void Dispose()
    {
        Calls.Add("dispose");
        base.Dispose();
    }
}

/// <summary>Tells what a <see cref="RecordingMonitor"/> was told of work of several trainings.</summary>
internal sealed class RecordingSeries(List<string> calls, string name) : SeriesTrack
{
    public override void Report(SeriesReport report) => calls.Add($"report {report.Done}, {report.Text}");

    protected override void Dispose(bool disposing)
    {
        calls.Add($"end {name}");
        base.Dispose(disposing);
    }
}
