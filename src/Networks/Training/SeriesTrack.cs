namespace MLExtensions.Networks;

/// <summary>What a <see cref="TrainingMonitor"/> is told of work of several trainings; disposed when the work ends, however it ends.</summary>
public abstract class SeriesTrack : IDisposable
{
    /// <summary>Is told that a part of the work has ended.</summary>
    /// <param name="report">What has been done.</param>
    public abstract void Report(SeriesReport report);

    /// <summary>Ends the track; does nothing by default.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the track; does nothing by default.</summary>
    /// <param name="disposing">True.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
