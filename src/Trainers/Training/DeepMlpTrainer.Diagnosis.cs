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
    /// Smith 2017, "Cyclical Learning Rates for Training Neural Networks", arXiv 1506.01186. Takes as long as 200 to 1,000 steps of a training. Schedules and averages of
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
        RequireOneProcess(run, nameof(FindLearningRate));
        using var rows = Read(data, null, run);
        int seed = ChooseSeed();
        var split = Split(rows, seed);
        var prepared = Prepare(rows, _task.SetUp(rows.Data, split, rows.Label), split, seed, run);
        Findings.Tell(prepared.Diagnosed, run.Warn!);
        var plan = prepared.Scale(mayChangeRows: true);
        var curve = RangeTest.Run(plan, run.Engine, options, run.IsCanceled);
        run.Log(curve.Suggestion is { } rate ? Invariant($"suggested learning rate {rate:G2}.") : "no learning rate to suggest: the loss did not fall by more than its noise.");
        return curve;
    }

    /// <summary>
    /// Trains as <c>Fit</c> would, and looks for what is wrong with the data, the options, or the network, as the textbooks teach it: is the initial loss what is
    /// to be expected, are a few rows learned by heart, are gradients slopes, is the learning rate too high or too low, the network too small or too large, do
    /// layers die, is the label among the features or has nothing to do with them, are features or rows copies. Experiments are small trainings of the trainer's own
    /// network, optimizer and scaled rows; with them it takes as long as one to three trainings. Of an ensemble it is the first member.
    /// </summary>
    /// <param name="data">The training rows, as <c>Fit</c> takes them. Where <see cref="MlpOptions.EarlyStopping"/> sets no rows aside, 15 % of them are, for the diagnosis alone.</param>
    /// <param name="options">Validation rows of their own, and a human's error.</param>
    /// <returns>The findings, the gravest first: none where all is well.</returns>
    /// <remarks>
    /// Goodfellow, Bengio, Courville 2016, "Deep Learning", chapter 11; Ng 2018, "Machine Learning Yearning"; Karpathy 2019, "A Recipe for Training Neural Networks".
    /// What needs no experiment is also looked for by <c>Fit</c>, and told in ML.NET's log as a warning.
    /// </remarks>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The rows cannot be read, and the message names row and column.</exception>
    /// <exception cref="OperationCanceledException">The diagnosis was cancelled.</exception>
    public TrainingDiagnosis Diagnose(IDataView data, DiagnosisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new DiagnosisOptions();
        options.Validate();

        var host = _environment.Register(Name);
        using var channel = host.Start("Diagnose");
        var run = Begin(host, channel, fit: 1);
        RequireOneProcess(run, nameof(Diagnose));
        using var rows = Read(data, options.ValidationData, run);
        int seed = ChooseSeed();
        var split = SetSomeAside(rows, Split(rows, seed), seed);
        var prepared = Prepare(rows, _task.SetUp(rows.Data, split, rows.Label), split, seed, run, checkBatches: false);
        var plan = prepared.Scale(mayChangeRows: false);
        plan = plan with { Options = plan.Options with { MeasureTraining = true } };
        var training = prepared.Diagnosed with
        {
            Experiments = new TrainingExperiments(plan, run.Engine, prepared.Describe, run.IsCanceled),
            HumanError = options.HumanError,
        };
        var diagnosis = DiagnosisRun.Run(training, () => RunWatched(plan, rows, run, isRefit: false));
        if (run.IsCanceled())
            throw new OperationCanceledException("The diagnosis was cancelled.", Options.CancellationToken);
        run.Log(Invariant($"{Plural.Of(diagnosis.Findings.Count, "finding")}{string.Concat(diagnosis.Findings.Select(finding => $", {finding.Name}"))}."));
        return diagnosis;
    }

    private RowSplit SetSomeAside(ReadRows rows, RowSplit split, int seed)
    {
        const float Share = 0.15f;
        const int Fewest = 20;
        return split.Validation.Length > 0 || split.Training.Length < Fewest ? split : RowSplit.Random(split.Training, Share, _task.ClassesOf(rows.Data), new RandomStream(seed, "split"));
    }
}
