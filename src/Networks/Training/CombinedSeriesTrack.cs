namespace MLExtensions.Networks.Training;

/// <summary>The tracks that several monitors have opened for work of several trainings as one; each hears one call at a time.</summary>
internal sealed class CombinedSeriesTrack : SeriesTrack
{
    private readonly List<(Lock Gate, SeriesTrack Track)> _parts = [];

    /// <summary>Opens a monitor's track, where it wants one.</summary>
    public void Add(TrainingMonitor monitor, SeriesStart start)
    {
        lock (monitor.Gate)
        {
            if (monitor.BeginSeries(start) is { } track)
                _parts.Add((monitor.Gate, track));
        }
    }

    /// <inheritdoc/>
    public override void Report(SeriesReport report)
    {
        foreach (var (gate, track) in _parts)
        {
            lock (gate)
                track.Report(report);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var (gate, track) in _parts)
        {
            lock (gate)
                track.Dispose();
        }
        base.Dispose(disposing);
    }
}
