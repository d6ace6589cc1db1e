namespace MLExtensions.Trainers;

/// <content>The options of the best model that there is time for.</content>
public sealed partial record DeepMlpOptions
{
    /// <summary>
    /// The mean of ten networks, two of each of five kinds: <see cref="TabM"/> and <see cref="RealMlp"/>, with numbers embedded piecewise linearly and by cosines (these TabM have eight members), and a TabM
    /// that gets means of the label over neighbouring training rows as further inputs (<see cref="MlpOptions.NeighborMeans"/>). Kinds without which
    /// the mean is better on the rows set aside are left out (<see cref="EnsembleOptions.SelectsKinds"/>), and the others are trained a second time, on all rows: the most accurate of the
    /// presets, and the slowest. Plain options, so <c>with</c> changes any of them, for the first kind of TabM alone; the other kinds are those of
    /// <see cref="EnsembleOptions.AlternatesWith"/>. Calibrates nothing, since the mean of ten is seldom too sure. The last kind stays only where the mean is better with it; then the model keeps up to 20,000 training rows with their labels.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="time">How long training may last; by default as long as it takes. Members that are not done by then are left out; where none is, it is too short, and a warning says so.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not one task, or the time is not positive.</exception>
    public static DeepMlpOptions Best(LossTasks task, TimeSpan? time = null)
    {
        if (time is not null)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time.Value, TimeSpan.Zero, nameof(time));
        var tabM = TabM(task) with { Ensemble = null, CalibrateProbabilities = false };
        var realMlp = RealMlp(task) with { Ensemble = null, CalibrateProbabilities = false };
        var cosines = new NumberEmbeddingByFeatures { Embedding = new CosineEmbedding() };
        return tabM with
        {
            Ensemble = new EnsembleOptions
            {
                Members = 10,
                Folds = false,
                SelectsKinds = true,
                AlternatesWith =
                [
                    realMlp,
                    tabM with { RefitOnAllRows = false, NumberEmbedding = cosines, BatchEnsemble = new BatchEnsembleOptions { Members = 8 } },
                    realMlp with { NumberEmbedding = cosines },
                    tabM with { RefitOnAllRows = false, NeighborMeans = new NeighborMeansOptions() },
                ],
                TimeLimit = time,
            },
        };
    }
}
