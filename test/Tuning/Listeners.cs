using MLExtensions.Networks;

namespace MLExtensions.Tuning.Tests;

/// <summary>Notes each training as it begins.</summary>
internal sealed class Starts : TrainingMonitor
{
    public List<TrainingStart> All { get; } = [];

    public override TrainingTrack Begin(TrainingStart start)
    {
        All.Add(start);
        return new Track();
    }

    private sealed class Track : TrainingTrack
    {
        public override void Report(EpochReport epoch)
        {
        }
    }
}

/// <summary>Notes each trial as it ends.</summary>
internal sealed class Told : IProgress<Trial>
{
    public List<Trial> Trials { get; } = [];

    public Action<Trial> Tell { get; init; } = _ => { };

    public void Report(Trial value)
    {
        Trials.Add(value);
        Tell(value);
    }
}
