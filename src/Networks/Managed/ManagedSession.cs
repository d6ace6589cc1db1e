namespace MLExtensions.Networks.Managed;

/// <summary>A network in training in managed code.</summary>
internal sealed unsafe class ManagedSession : IMlpSession, IHostStepTarget
{
    // Between portions of so many scored rows, trainings side by side divide the processors anew.
    private const int ScoredRows = 4096;

    private readonly NetworkDescription _description;
    private readonly DataBlock _data;
    private readonly EngineSettings _settings;
    private readonly ManagedNetwork _network;
    private readonly Batch _batch;
    private readonly RankGroup? _ranks;
    private readonly ParameterUpdater _updater;
    private readonly HostOptimizer? _host;
    private readonly bool _hasNoise;
    private readonly float? _maximumNorm;
    private readonly PhasedUpdate _update;
    private readonly BatchAugmentation? _augmentation;
    private readonly TrainingPass _training;
    private readonly ScoringPass _scoring;
    private readonly ParameterLayout _layout;
    private ParameterLayout? _checked;

    /// <summary>Allocates everything that steps need.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="threads">The most threads; 0 for this training's share of the processors.</param>
    public ManagedSession(NetworkDescription network, DataBlock data, EngineSettings settings, int threads)
    {
        NetworkChecks.Require(network);
        EngineArguments.Check(network, data, settings);

        (_description, _data, _settings) = (network, data, settings);
        _layout = new ParameterLayout(network);
        _ranks = settings.Ranks;
        _batch = new Batch(data, settings.MaximumBatchRows, settings.MeanWeight, _ranks);
        _network = new ManagedNetwork(network, settings with { MaximumBatchRows = _ranks?.LargestShare(settings.MaximumBatchRows) ?? settings.MaximumBatchRows }, _batch.Features);
        foreach (Stage stage in _network.Stages)
            stage.Opening?.Ranks = _ranks?.Communicator;
        _host = HostOptimizer.Create(network, settings);
        _updater = new ParameterUpdater(
            _host is null ? OpenOptimizer(settings) : null,
            new ParameterGroups(_layout, settings.Update), _network.Parameters, settings.Update);
        _hasNoise = settings.Update.WeightNoise > 0;
        _maximumNorm = settings.Update.MaximumNorm;
        // Ranks that wait for others do so busily, and would take the processors from those.
        int teamSize = threads == 0 ? Math.Max(1, Environment.ProcessorCount / (_ranks?.Communicator.RanksOnHost ?? 1)) : threads;
        var loss = ManagedLoss.Create(settings.Loss, _batch, _network.Outputs, _network.OutputGradient, _network.Members);
        _augmentation = BatchAugmentation.Create(_batch, data, _network.OutputGradient, settings);
        PhasedUpdate UpdateWith(IUpdateShares shares) => new(_network.Layers, shares, _network.Parameters, _updater, _maximumNorm, _ranks?.Communicator);
        _update = UpdateWith(_network.UpdateShares);
        _training = new TrainingPass(_network, _batch, loss, UpdateWith, _augmentation);
        Team = new TunedTeam(teamSize, _training.CanShareUnits && _host is null, sharesProcessors: threads == 0);
        _scoring = new ScoringPass(data);
    }

    /// <summary>The threads that do the work.</summary>
    internal TunedTeam Team { get; }

    /// <inheritdoc/>
    public double Step(ReadOnlySpan<int> rows, in StepSettings settings)
    {
        if (_host is not null)
            return _host.Step(this, rows, settings);
        if (!TryChoose(rows))
            return 0;

        BeginStep(settings);
        _updater.BeginStep(settings);
        Train(TrainingPart.Step);
        AverageStatistics();
        return _batch.MeanLoss();
    }

    /// <inheritdoc/>
    public double? ComputeGradients(ReadOnlySpan<int> rows, in StepSettings settings, NetworkWeights destination)
    {
        CheckLayout(destination);
        if (!TryChoose(rows))
            return null;

        BeginStep(settings);
        Train(TrainingPart.Gradients);
        if (_hasNoise)
        {
            _network.Parameters.Clean.Span.CopyTo(_network.Parameters.Values.Span);
            foreach (ManagedLayer layer in _network.Layers)
                layer.Refresh();
        }

        GetGradients(destination);
        return _batch.MeanLoss();
    }

    /// <inheritdoc/>
    public void FinishStep()
    {
        if (_maximumNorm is not null)
            _update.LimitNorms();
        if (_updater.Average is null)
            return;

        _updater.Average.BeginStep();
        _update.Average();
        AverageStatistics();
    }

    /// <inheritdoc/>
    public void UpdateStatistics(ReadOnlySpan<int> rows, float share)
    {
        if (!TryChoose(rows))
            return;

        SetStatisticsShare(share);
        Train(TrainingPart.Statistics);
        SetStatisticsShare(null);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> rows, Span<float> outputs)
    {
        EngineArguments.CheckScore(rows, _data, _description.Outputs, outputs.Length);

        // What is measured is what a model of these weights will give.
        var weights = new NetworkWeights(_layout);
        GetWeights(weights);
        var scorer = new NetworkScorer(_description, weights);
        var own = _ranks?.ShareOf(rows.Length) ?? new RowRange(0, rows.Length);
        fixed (int* indices = rows)
        fixed (float* results = outputs)
        {
            for (int first = own.First; first < own.End; first += ScoredRows)
            {
                int count = Math.Min(ScoredRows, own.End - first);
                _scoring.Choose(scorer, indices + first, count, results + (nint)first * _description.Outputs);
                _scoring.Members = Team.ChooseForRows(SliceMoments.CountOf(count)).Members;
                Team.Run(_scoring.Phases);
            }
        }
        if (rows.Length > 0)
            _ranks?.GatherOutputs(rows.Length, outputs[..(rows.Length * _description.Outputs)]);
    }

    /// <inheritdoc/>
    public void GetWeights(NetworkWeights destination)
    {
        CheckLayout(destination);
        Export(_network.Parameters.Values, destination);
        ExportStatistics(destination, averaged: false);
    }

    /// <inheritdoc/>
    public void SetWeights(NetworkWeights source)
    {
        CheckLayout(source);
        foreach (ManagedLayer layer in _network.Layers)
            layer.Import(source);
    }

    /// <inheritdoc/>
    public void GetAverages(NetworkWeights destination)
    {
        if (_updater.Average is not { Steps: > 0 } averages)
        {
            GetWeights(destination);
            return;
        }

        CheckLayout(destination);
        Export(averages.Values, destination);
        ExportStatistics(destination, averaged: true);
    }

    /// <inheritdoc/>
    public void Exchange(StateExchange state)
    {
        ArgumentNullException.ThrowIfNull(state);

        var weights = new NetworkWeights(_layout);
        GetWeights(weights);
        weights.Exchange(state.Of("weights"));
        if (state.IsSetting)
            SetWeights(weights);

        // Dropout, noise and mixing depend on it, and on nothing else that changes.
        int step = _training.Step;
        state.Number("step", ref step);
        _training.Step = step;

        _updater.Exchange(state);
        _host?.Exchange(state.Of("optimizer"));
        if (_updater.Average is null)
            return;
        foreach (var (index, layer) in _network.Layers.Index())
            layer.ExchangeAverages(state.Of($"averages.{index}"));
    }

    /// <summary>Copies the gradients of the last step, without penalties; running statistics stay as they are.</summary>
    /// <param name="destination">Receives them.</param>
    internal void GetGradients(NetworkWeights destination)
    {
        CheckLayout(destination);
        Export(_network.Parameters.Gradients, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => Team.Dispose();

    private ManagedOptimizer OpenOptimizer(EngineSettings settings)
    {
        WeightMatrix[] matrices = [.. _network.Layers.Select(layer => layer.Matrix).OfType<WeightMatrix>()];
        return settings.Optimizer.Open(new OptimizerSetup(_network.Parameters, new Penalty(settings.L1, settings.L2), matrices) { OutputLayer = _description.Layers.Count - 1 })
            ?? throw new NotSupportedException($"The managed engine has no optimizer for {settings.Optimizer.GetType().Name}.");
    }

    private void Export(AlignedBuffer values, NetworkWeights destination)
    {
        foreach (ManagedLayer layer in _network.Layers)
            layer.Export(values, destination);
    }

    private void ExportStatistics(NetworkWeights destination, bool averaged)
    {
        foreach (ManagedLayer layer in _network.Layers)
            layer.ExportStatistics(destination, averaged);
    }

    // Chooses the rows of a pass; whether they weigh anything.
    private bool TryChoose(ReadOnlySpan<int> rows)
    {
        EngineArguments.CheckStep(rows, _data, _settings);
        _batch.Choose(rows);
        return _batch.Weigh();
    }

    private void BeginStep(in StepSettings settings)
    {
        foreach (ManagedLayer layer in _network.Layers)
            layer.BeginStep(settings);
        _augmentation?.BeginStep(_training.Step);
    }

    private void Train(TrainingPart part)
    {
        foreach (ManagedLayer layer in _network.Layers)
            layer.FirstRow = _batch.First * layer.RowFactor;
        foreach (Stage stage in _network.Stages)
        {
            stage.Opening?.BatchRows = _batch.Rows;
            stage.Opening?.AllRows = _batch.AllRows;
        }
        // Products of no rows write nothing.
        if (_batch.Rows == 0)
            _network.Parameters.Gradients.Span.Clear();
        if (_hasNoise)
            _network.Parameters.KeepClean();
        _training.Part = part;
        // What is not a whole step is done by rows.
        _training.Shape = Team.ChooseForStep(SliceMoments.CountOf(_batch.Rows), mayShareUnits: part == TrainingPart.Step);
        long time = Team.Run(_training.Phases);
        if (part == TrainingPart.Statistics)
            return;

        if (_batch.Rows > 0)
            Team.Report(_batch.Rows, time);
        _training.Step++;
    }

    private void SetStatisticsShare(float? share)
    {
        foreach (Stage stage in _network.Stages)
            stage.Opening?.StatisticsShare = share ?? stage.Opening.Momentum;
    }

    private void AverageStatistics()
    {
        if (_updater.Average is not { } average)
            return;

        foreach (Stage stage in _network.Stages)
            stage.Opening?.AverageStatistics(average);
    }

    private void CheckLayout(NetworkWeights weights)
    {
        // Remembered, so that an optimizer above the session allocates nothing from step to step.
        if (weights is not null && weights.Layout == _checked)
            return;
        EngineArguments.CheckLayout(weights!, _layout);
        _checked = weights!.Layout;
    }
}
