namespace MLExtensions.Trainers;

/// <content>What can be asked about a training beside a model.</content>
public abstract partial class DeepMlpTrainer<TModel>
{
    /// <summary>
    /// Looks for a learning rate by a range test: a training of few steps, each at a higher rate than the one before, until the loss leaves. Network, optimizer,
    /// batches and regularization are those of the options, and rows are split and scaled as <c>Fit</c> does it; of an ensemble it is the first member. The
    /// trainer is not changed: make one with the rate that you choose, <c>options with { Optimizer = options.Optimizer with { LearningRate = rate } }</c>.
    /// </summary>
    /// <param name="data">The training rows, as <c>Fit</c> takes them.</param>
    /// <param name="options">Where rates begin and end, and the number of steps.</param>
    /// <returns>The curve, and a suggestion.</returns>
    /// <remarks>
    /// Smith 2017, "Cyclical Learning Rates for Training Neural Networks", arXiv 1506.01186. Takes as long as some 200 steps of a training. Schedules and averages of
    /// the weights are left out, and <see cref="MlpOptions.Progress"/> is not told.
    /// </remarks>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The rows cannot be trained on, or the optimizer has no learning rate to look for.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public LearningRateCurve FindLearningRate(IDataView data, LearningRateTestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new LearningRateTestOptions();
        options.Validate();

        var host = _environment.Register(Name);
        using var channel = host.Start("FindLearningRate");
        var run = Begin(host, channel, fit: 1);
        var rows = Read(data, null, run);
        int seed = ChooseSeed();
        var split = Split(rows, seed);
        var plan = Prepare(rows, _task.SetUp(rows.Data, split, rows.Label), split, seed, run).Scale(mayChangeRows: true);
        var curve = RangeTest.Run(plan, run.Engine, options, run.IsCanceled);
        run.Log(curve.Suggestion is { } rate ? Invariant($"suggested learning rate {rate:G2}.") : "no learning rate to suggest: the loss did not fall by more than its noise.");
        return curve;
    }
}
