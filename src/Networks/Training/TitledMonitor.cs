namespace MLExtensions.Networks.Training;

/// <summary>A monitor to whom trainings are told of under a title.</summary>
internal sealed class TitledMonitor(TrainingMonitor inner, string title) : TrainingMonitor
{
    /// <inheritdoc/>
    public override TrainingTrack Begin(TrainingStart start) => inner.BeginGated(start with { Title = title });

    /// <inheritdoc/>
    public override SeriesTrack? BeginSeries(SeriesStart start) => inner.BeginSeriesGated(start);
}
