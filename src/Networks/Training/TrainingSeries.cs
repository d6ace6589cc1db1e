namespace MLExtensions.Networks;

/// <summary>
/// Work of several trainings, such as a cross-validation or the trials of a search: the monitor of the trainings that are part of it. Dispose it when the work is done.
/// </summary>
/// <remarks>Made by <see cref="TrainingMonitor.Series"/>. A series may have series as its parts.</remarks>
public sealed class TrainingSeries : TrainingMonitor, IDisposable
{
    private readonly TrainingMonitor _parent;
    private readonly SeriesStart _start;
    private readonly SeriesTrack? _track;

    internal TrainingSeries(TrainingMonitor parent, SeriesStart start)
    {
        _parent = parent;
        _start = start with { Parent = (parent as TrainingSeries)?._start };
        _track = parent.BeginSeriesGated(_start);
    }

    /// <inheritdoc/>
    public override TrainingTrack Begin(TrainingStart start)
    {
        ArgumentNullException.ThrowIfNull(start);

        return _parent.BeginGated(start with { Series = start.Series ?? _start, Title = start.Title ?? _start.Name });
    }

    /// <inheritdoc/>
    public override SeriesTrack? BeginSeries(SeriesStart start) => _parent.BeginSeriesGated(start);

    /// <summary>Tells that a part of the work has ended, where parts are more than the fits of a trainer.</summary>
    /// <param name="report">What has been done.</param>
    public void Report(SeriesReport report)
    {
        ArgumentNullException.ThrowIfNull(report);

        _track?.Report(report);
    }

    /// <summary>Tells that the work has ended.</summary>
    public void Dispose() => _track?.Dispose();
}
