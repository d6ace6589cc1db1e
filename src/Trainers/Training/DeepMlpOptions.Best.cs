namespace MLExtensions.Trainers;

/// <content>The options of the best model that there is time for.</content>
public sealed partial record DeepMlpOptions
{
    /// <summary>
    /// The mean of five networks of <see cref="TabM"/>, each of which validates on another fifth of the rows: the most accurate of the
    /// presets, in as much time as it is given. Plain options, so <c>with</c> changes any of them.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="time">About how long training may last, of which each member has its share; by default as long as it takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not one task, or the time is not positive.</exception>
    public static DeepMlpOptions Best(LossTasks task, TimeSpan? time = null)
    {
        if (time is not null)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time.Value, TimeSpan.Zero, nameof(time));
        return TabM(task) with { Ensemble = new EnsembleOptions { Members = 5, TimeLimit = time } };
    }
}
