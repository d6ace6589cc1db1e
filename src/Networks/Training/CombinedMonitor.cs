namespace MLExtensions.Networks.Training;

/// <summary>Several listeners as one monitor; each hears one call at a time.</summary>
internal sealed class CombinedMonitor : TrainingMonitor
{
    private readonly TrainingMonitor[] _monitors;

    /// <summary>Combines listeners.</summary>
    /// <exception cref="ArgumentException">One of them is null.</exception>
    public CombinedMonitor(IEnumerable<IProgress<EpochReport>> listeners) => _monitors =
    [
        .. listeners.SelectMany(listener => listener switch
        {
            CombinedMonitor combined => combined._monitors,
            TrainingMonitor monitor => [monitor],
            null => throw new ArgumentException("One of the listeners is null: expected monitors, or others that are told of epochs.", nameof(listeners)),
            _ => (TrainingMonitor[])[new EpochMonitor(listener.Report)],
        }),
    ];

    /// <inheritdoc/>
    public override TrainingTrack Begin(TrainingStart start) => Open(new CombinedTrack(), (track, monitor) => track.Add(monitor, start));

    /// <inheritdoc/>
    public override SeriesTrack? BeginSeries(SeriesStart start) => Open(new CombinedSeriesTrack(), (track, monitor) => track.Add(monitor, start));

    private T Open<T>(T track, Action<T, TrainingMonitor> add)
        where T : IDisposable
    {
        try
        {
            foreach (var monitor in _monitors)
                add(track, monitor);
            return track;
        }
        catch
        {
            track.Dispose();
            throw;
        }
    }
}

/// <summary>The tracks of several monitors as one.</summary>
internal sealed class CombinedTrack : TrainingTrack
{
    private readonly List<Part> _parts = [];

    /// <inheritdoc/>
    public override bool WantsSteps => _parts.Exists(part => part.WantsSteps);

    /// <summary>Opens a monitor's track.</summary>
    public void Add(TrainingMonitor monitor, TrainingStart start)
    {
        lock (monitor.Gate)
        {
            var track = monitor.Begin(start) ?? throw new InvalidOperationException($"Begin of {monitor.GetType().Name} gave null: expected the track of the training.");
            _parts.Add(new Part(monitor.Gate, track));
        }
    }

    /// <inheritdoc/>
    public override void Report(StepReport step)
    {
        foreach (var part in _parts)
        {
            if (!part.WantsSteps)
                continue;
            lock (part.Gate)
                part.Track.Report(step);
        }
    }

    /// <inheritdoc/>
    public override void Report(EpochReport epoch)
    {
        foreach (var part in _parts)
        {
            lock (part.Gate)
                part.Track.Report(epoch);
        }
    }

    /// <inheritdoc/>
    public override void End(TrainingHistory history)
    {
        foreach (var part in _parts)
        {
            part.HasEnded = true;
            lock (part.Gate)
                part.Track.End(history);
        }
    }

    /// <inheritdoc/>
    public override void Fail(Exception reason) => Each(part =>
    {
        if (!part.HasEnded)
            part.Track.Fail(reason);
    });

    /// <inheritdoc/>
    public override void Dispose() => Each(part => part.Track.Dispose());

    // All are told. An exception of the training itself, which is on its way where one has not ended, says more than one of these.
    private void Each(Action<Part> tell)
    {
        Exception? first = null;
        foreach (var part in _parts)
        {
            try
            {
                lock (part.Gate)
                    tell(part);
            }
            catch (Exception exception)
            {
                first ??= exception;
            }
        }
        if (first is not null && _parts.TrueForAll(part => part.HasEnded))
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
    }

    private sealed class Part(Lock gate, TrainingTrack track)
    {
        public Lock Gate { get; } = gate;

        public TrainingTrack Track { get; } = track;

        public bool WantsSteps { get; } = track.WantsSteps;

        public bool HasEnded { get; set; }
    }
}
