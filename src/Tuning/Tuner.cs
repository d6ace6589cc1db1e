namespace MLExtensions.Tuning;

/// <summary>Searches the options of a trainer, and the steps before it. Made by <c>ml.Tune(...)</c>.</summary>
/// <typeparam name="TModel">The model of the task.</typeparam>
public sealed class Tuner<TModel>
    where TModel : DeepMlpModelParameters
{
    private readonly IHostEnvironment _environment;
    private readonly TunedPipeline<TModel> _pipeline;
    private readonly TuningOptions _options;

    internal Tuner(IHostEnvironment environment, TunedPipeline<TModel> pipeline, TuningOptions options) => (_environment, _pipeline, _options) = (environment, pipeline, options);

    /// <summary>Searches for some minutes, all included.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="minutes">How long, above 0.</param>
    /// <inheritdoc cref="Run(IDataView)"/>
    public TuningResult<TModel> Run(IDataView data, double minutes)
    {
        if (!(minutes > 0 && minutes < TimeSpan.MaxValue.TotalMinutes))
            throw new ArgumentOutOfRangeException(nameof(minutes), minutes, "Expected a number of minutes above 0.");

        return new Tuner<TModel>(_environment, _pipeline, _options with { TimeLimit = TimeSpan.FromMinutes(minutes) }).Run(data);
    }

    /// <summary>
    /// Searches: trains and measures trials one after another or side by side, on rows that are read once, and trains the best on all rows. Steps before the trainer are fitted to
    /// the rows that a fold is trained on, once for each choice of them.
    /// </summary>
    /// <param name="data">The rows, the same in each pass, and in the same order.</param>
    /// <returns>The best options, a model, and all trials.</returns>
    /// <exception cref="ArgumentException">An option is out of range; the message lists all that are.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The rows cannot be trained on, the store is of another search, or every trial failed; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled before a trial had ended.</exception>
    public TuningResult<TModel> Run(IDataView data)
    {
        ArgumentNullException.ThrowIfNull(data);

        _options.Validate(_pipeline.Trainer.Task);
        return new Search<TModel>(_environment, _pipeline, _options).Run(data);
    }
}
