namespace MLExtensions.Tuning.Running;

/// <summary>How long a search may go on, so that time is left to train the best on all rows.</summary>
/// <param name="limit">The time in all; null for any.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="lastTrainings">How many trainings of one fold training the best on all rows is reckoned to take; 0 where there is none.</param>
internal sealed class SearchBudget(TimeSpan? limit, TimeProvider clock, double lastTrainings)
{
    // No more than this share is kept back: a search that finds one slow trial should not end for it.
    private const double MostKept = 0.5;

    private readonly long _start = clock.GetTimestamp();
    private double _best = double.NaN;
    private double _seconds;

    /// <summary>Whether the search is to end.</summary>
    public bool IsOver => limit is { } most && clock.GetElapsedTime(_start) >= most - Kept(most);

    /// <summary>The time since the search began.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_start);

    /// <summary>Notes how long the best trial took. One call at a time.</summary>
    /// <param name="loss">What a trial reached, lower is better.</param>
    /// <param name="secondsOfFold">How long one of its folds took.</param>
    public void Note(double loss, double secondsOfFold)
    {
        if (!double.IsNaN(_best) && !(loss < _best))
            return;
        _best = loss;
        Volatile.Write(ref _seconds, secondsOfFold);
    }

    private TimeSpan Kept(TimeSpan most) => TimeSpan.FromSeconds(Math.Min(Volatile.Read(ref _seconds) * lastTrainings, MostKept * most.TotalSeconds));
}
