namespace MLExtensions.Networks.Training;

/// <summary>Tells of the epochs of all trainings alike, whichever they are of.</summary>
internal sealed class EpochMonitor(Action<EpochReport> report) : TrainingMonitor
{
    /// <inheritdoc/>
    public override TrainingTrack Begin(TrainingStart start) => new Track(report);

    private sealed class Track(Action<EpochReport> report) : TrainingTrack
    {
        public override void Report(EpochReport epoch) => report(epoch);
    }
}
