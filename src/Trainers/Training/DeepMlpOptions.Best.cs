namespace MLExtensions.Trainers;

/// <content>The options of the best model that there is time for.</content>
public sealed partial record DeepMlpOptions
{
    /// <summary>
    /// The mean of five networks of <see cref="TabM"/> and five of <see cref="RealMlp"/>, each of which validates on another tenth of the rows: the most accurate of the
    /// presets, and as slow as five trainings of one network of each. Plain options, so <c>with</c> changes any of them; the networks of RealMLP are those of
    /// <see cref="EnsembleOptions.AlternatesWith"/>. Trains nothing a second time, since folds have trained on all rows together, and calibrates nothing, since
    /// the mean of ten is seldom too sure. Embeddings in turns (<see cref="EnsembleOptions.NumberEmbeddings"/>) made California better (0.421 for 0.423), adult and red wine worse.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="time">How long training may last; by default as long as it takes. Members that are not done by then are left out; where none is, it is too short, and a warning says so.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not one task, or the time is not positive.</exception>
    public static DeepMlpOptions Best(LossTasks task, TimeSpan? time = null)
    {
        if (time is not null)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time.Value, TimeSpan.Zero, nameof(time));
        return TabM(task) with
        {
            RefitOnAllRows = false,
            CalibrateProbabilities = false,
            Ensemble = new EnsembleOptions
            {
                Members = 10,
                AlternatesWith = [RealMlp(task) with { Ensemble = null, CalibrateProbabilities = false }],
                TimeLimit = time,
            },
        };
    }
}
