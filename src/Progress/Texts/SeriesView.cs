namespace MLExtensions.Progress.Texts;

/// <summary>What can be said at any time of work of several trainings.</summary>
/// <param name="start">The work.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class SeriesView(SeriesStart start, TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();
    private readonly HashSet<(string Trainer, int Fit)> _fits = [];
    private SeriesReport? _last;

    /// <summary>The work.</summary>
    public SeriesStart Start => start;

    /// <summary>The best so far; empty where nothing was told.</summary>
    public string Best => _last?.Best ?? "";

    /// <summary>Takes note of a training that begins in it.</summary>
    public void Note(TrainingStart training) => _fits.Add((training.Trainer, training.Fit));

    /// <summary>Takes note of a part that has ended.</summary>
    public void Note(SeriesReport report) => _last = report;

    /// <summary>The share that is done, by count or by time, whichever is more; 0 to 1.</summary>
    /// <param name="current">The share of the part that goes on, where parts are fits.</param>
    public double Share(double current)
    {
        double done = _last?.Done ?? Math.Max(0, _fits.Count - 1 + current);
        return Math.Min(1, Math.Max(done / (start.Count ?? double.PositiveInfinity), start.TimeLimit is { } limit ? clock.GetElapsedTime(_started) / limit : 0));
    }

    /// <summary>How far it is.</summary>
    public string Place
    {
        get
        {
            string of = start.Count is { } count ? Invariant($" of {count}") : "";
            string place = _last is null && _fits.Count > 0 ? Invariant($"{start.Unit} {_fits.Count}{of}") : $"{(of.Length > 0 ? Invariant($"{Done}{of} {start.Unit}s") : Plural.Of(Done, start.Unit))} done";
            return start.TimeLimit is { } limit ? $"{place}, at most {NumberText.Time(TimeSpan.FromTicks(Math.Max(0, (limit - clock.GetElapsedTime(_started)).Ticks)))} left" : place;
        }
    }

    private int Done => _last?.Done ?? 0;
}
