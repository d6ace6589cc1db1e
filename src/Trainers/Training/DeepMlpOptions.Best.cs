namespace MLExtensions.Trainers;

/// <content>The options of the best model that there is time for.</content>
public sealed partial record DeepMlpOptions
{
    /// <summary>
    /// The mean of five networks of <see cref="TabM"/> and five of <see cref="RealMlp"/>, each of which validates on another tenth of the rows: the most accurate of the
    /// presets, and as slow as five trainings of one network of each. Of the networks of either two embed numbers by piecewise linear functions between quantiles, two by cosines, and one by piecewise linear functions
    /// where the label changes most. Plain options, so <c>with</c> changes any of them; the networks of RealMLP are those of
    /// <see cref="EnsembleOptions.AlternatesWith"/>, and the embeddings but the first those of <see cref="EnsembleOptions.NumberEmbeddings"/>. Trains nothing a second time: folds have trained on all rows together.
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
            Ensemble = new EnsembleOptions
            {
                Members = 10,
                AlternatesWith = [RealMlp(task) with { Ensemble = null, CalibrateProbabilities = false }],
                NumberEmbeddings = [new CosineEmbedding(), new PiecewiseLinearEmbedding { TargetAware = true }],
                TimeLimit = time,
            },
        };
    }
}
