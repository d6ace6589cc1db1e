namespace MLExtensions.Networks.Experiments;

/// <summary>What can be found out about a training by trying: each thing once, when it is asked for. None changes the training.</summary>
internal sealed class TrainingExperiments
{
    // Of rows that an untrained network is measured on.
    private const int MostRows = 2000;

    private const int ProbedRows = 256;

    private readonly IMlpEngine _engine;
    private readonly Func<MlpOptions, NetworkDescription>? _describe;
    private readonly Func<bool> _isCanceled;
    private readonly Lazy<NetworkWeights> _start;
    private readonly Lazy<double> _initialLoss;
    private readonly Lazy<LearningRateCurve?> _rates;
    private readonly Lazy<double> _gradient;
    private readonly Lazy<SubsetExperiment?> _subset;
    private readonly Lazy<NetworkProbe?> _probe;
    private readonly Lazy<IReadOnlyList<LayerStatistics>> _layersAtStart;
    private readonly Dictionary<TrainedWeights, RowLosses> _validated = new(ReferenceEqualityComparer.Instance);

    /// <summary>Prepares experiments.</summary>
    /// <param name="plan">The training, on rows as the network reads them.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="describe">The network that other options would make; null where the engine has its own.</param>
    /// <param name="isCanceled">Whether to stop.</param>
    public TrainingExperiments(TrainingPlan plan, IMlpEngine engine, Func<MlpOptions, NetworkDescription>? describe, Func<bool> isCanceled)
    {
        (Plan, _engine, _describe, _isCanceled) = (plan, engine, describe, isCanceled);
        int[] some = NetworkProbe.Sample(plan.Split.Training, MostRows);
        _start = new(() => StartWeights.Of(plan));
        _initialLoss = new(() => RowLosses.Of(plan, some, plan.Network, Start).Mean);
        _rates = new(() => plan.Options.Optimizer.TakesAllRows ? null : FindRates());
        _gradient = new(() => GradientCheck.Run(plan, engine, Start));
        _subset = new(() => SubsetExperiment.Run(plan, RatesOfSubset, (changed, isEnough) => Train(changed, isEnough)));
        _probe = new(() => DescribesItself ? null : new NetworkProbe(plan.Network, plan.Data, NetworkProbe.Sample(plan.Split.Training, ProbedRows), plan.Evaluator.Loss, plan.Data.WeightOf(plan.Split.Training) / plan.Split.Training.Length));
        _layersAtStart = new(() => Layers(Start));
    }

    /// <summary>The training.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>Whether the network is the engine's own, which other options do not change.</summary>
    public bool DescribesItself => _describe is null;

    /// <summary>The weights that training begins with.</summary>
    public NetworkWeights Start => _start.Value;

    /// <summary>The loss of training rows before the first step.</summary>
    public double InitialLoss => _initialLoss.Value;

    /// <summary>A learning-rate range test; null for an optimizer without a rate to look for, or where no rate gave a finite loss.</summary>
    public LearningRateCurve? Rates => _rates.Value;

    /// <summary>By how much gradients differ from slopes, relatively.</summary>
    public double GradientDifference => _gradient.Value;

    /// <summary>A few rows that are trained on alone; null where there are too few.</summary>
    public SubsetExperiment? Subset => _subset.Value;

    /// <summary>What the training gave; null before its end, and where it gave nothing.</summary>
    public TrainedWeights? Trained { get; set; }

    /// <summary>What the layers are like before the first step; empty where nobody knows.</summary>
    public IReadOnlyList<LayerStatistics> LayersAtStart => _layersAtStart.Value;

    /// <summary>What layers are like with some weights.</summary>
    public IReadOnlyList<LayerStatistics> Layers(NetworkWeights weights) => _probe.Value?.Measure(weights) ?? [];

    /// <summary>The loss of each validation row.</summary>
    public RowLosses Validate(TrainedWeights trained)
    {
        if (!_validated.TryGetValue(trained, out var losses))
            _validated[trained] = losses = RowLosses.Of(Plan, Plan.Split.Validation, trained.Network, trained.Weights);
        return losses;
    }

    /// <summary>Trains with other options on the same rows.</summary>
    /// <param name="change">Changes them.</param>
    /// <param name="epochs">After which it ends; null for all.</param>
    /// <param name="isEnough">Whether it may end after an epoch; null for never.</param>
    /// <returns>What it gave; null where it diverged.</returns>
    public TrainedWeights? Train(Func<MlpOptions, MlpOptions> change, int? epochs = null, Func<EpochReport, bool>? isEnough = null)
    {
        var options = change(Plan.Options);
        return Train(Plan with { Options = options, Network = _describe?.Invoke(options) ?? Plan.Network, LastEpoch = epochs ?? Plan.LastEpoch }, isEnough);
    }

    private TrainedWeights? Train(TrainingPlan plan, Func<EpochReport, bool>? isEnough)
    {
        bool enough = false;
        var observer = new TrainingObserver(report => enough |= isEnough?.Invoke(report) ?? false, () => enough || _isCanceled(), TimeProvider.System);
        try
        {
            var (weights, history) = TrainingLoop.Run(plan with { Options = plan.Options with { KeepBestWhenCanceled = true } }, observer, _engine);
            return _isCanceled() ? throw new OperationCanceledException("The diagnosis was cancelled.", plan.Options.CancellationToken) : new(plan.Network, weights, history);
        }
        catch (TrainingDivergedException)
        {
            return null;
        }
    }

    private IEnumerable<float> RatesOfSubset => Plan.Options.Optimizer.TakesAllRows
        ? [Plan.Options.Optimizer.LearningRate]
        : new[] { Rates?.Suggestion ?? Plan.Options.Optimizer.LearningRate, Plan.Options.Optimizer.LearningRate }.Distinct();

    private LearningRateCurve? FindRates()
    {
        try
        {
            return RangeTest.Run(Plan, _engine, new LearningRateTestOptions(), _isCanceled);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
