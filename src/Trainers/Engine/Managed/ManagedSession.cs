using System.Diagnostics;
using MLExtensions.Trainers.Network;

namespace MLExtensions.Trainers.Engine.Managed;

/// <summary>A network in training in managed code.</summary>
internal sealed class ManagedSession : IMlpSession
{
    private readonly NetworkDescription _description;
    private readonly ManagedNetwork _network;
    private readonly Batch _batch;
    private readonly ParameterUpdater _updater;
    private readonly WorkerTeam _team;
    private readonly TeamSizeTuner _tuner;
    private readonly TrainingPass _training;
    private readonly ScoringPass _scoring;
    private readonly ParameterLayout _layout;
    private readonly ProcessorShare? _share;
    private readonly int _maximumRows;

    /// <summary>Allocates everything that steps need.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="threads">The most threads; 0 for this training's share of the processors.</param>
    public ManagedSession(NetworkDescription network, DataBlock data, EngineSettings settings, int threads)
    {
        NetworkShape.Check(network);
        SessionArguments.Check(network, data, settings);

        _description = network;
        _layout = new ParameterLayout(network);
        _maximumRows = settings.MaximumBatchRows;
        _batch = new Batch(data, settings.MaximumBatchRows);
        _network = new ManagedNetwork(network, settings, _batch.Features);
        _updater = new ParameterUpdater(ManagedOptimizer.Create(settings, _network.Parameters), new ParameterGroups(network, settings.Update), _network.Parameters);
        int teamSize = threads == 0 ? Environment.ProcessorCount : threads;
        _team = new WorkerTeam(teamSize);
        _tuner = new TeamSizeTuner(teamSize);
        var loss = ManagedLoss.Create(settings.Loss, _batch, _network.Outputs, _network.OutputGradient);
        _training = new TrainingPass(_network, _batch, loss, _updater, _team);
        _scoring = new ScoringPass(_network, _batch);
        _share = threads == 0 ? new ProcessorShare() : null;
    }

    /// <summary>The members of the team that every step uses; 0, the default, lets measurements decide. For tests.</summary>
    internal int FixedTeamSize { get; set; }

    /// <summary>The members of the team that the last step used. For tests.</summary>
    internal int LastTeamSize { get; private set; }

    /// <inheritdoc/>
    public double Step(ReadOnlySpan<int> rows, float learningRate)
    {
        if (rows.Length < 1 || rows.Length > _maximumRows)
            throw new ArgumentException($"A step needs from 1 to {_maximumRows} rows, got {rows.Length}.", nameof(rows));

        _batch.Choose(rows);
        if (!_batch.Weigh())
            return 0;

        foreach (Stage stage in _network.Stages)
            stage.Opening?.BatchRows = rows.Length;
        _updater.BeginStep(learningRate);
        long start = Stopwatch.GetTimestamp();
        LastTeamSize = Limit(FixedTeamSize > 0 ? FixedTeamSize : _tuner.Members);
        _team.Run(_training, LastTeamSize);
        _tuner.Report(rows.Length, Stopwatch.GetTimestamp() - start);
        _training.Step++;
        return _batch.MeanLoss();
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> rows, Span<float> outputs)
    {
        int count = _description.Outputs;
        if (outputs.Length < (long)rows.Length * count)
            throw new ArgumentException($"Expected room for {rows.Length} x {count} outputs, got {outputs.Length}.", nameof(outputs));

        foreach (ManagedLayer layer in _network.Layers)
            layer.PrepareToInfer();
        for (int first = 0; first < rows.Length; first += _maximumRows)
        {
            _batch.Choose(rows.Slice(first, Math.Min(_maximumRows, rows.Length - first)));
            _team.Run(_scoring, Limit(FixedTeamSize > 0 ? FixedTeamSize : _tuner.FastestMembers));
            for (int i = 0; i < _batch.Rows; i++)
                _network.Outputs.GetRow(i, outputs.Slice((first + i) * count, count));
        }
    }

    /// <inheritdoc/>
    public void GetWeights(NetworkWeights destination)
    {
        CheckLayout(destination);
        foreach (ManagedLayer layer in _network.Layers)
            layer.Export(destination);
    }

    /// <inheritdoc/>
    public void SetWeights(NetworkWeights source)
    {
        CheckLayout(source);
        foreach (ManagedLayer layer in _network.Layers)
            layer.Import(source);
    }

    /// <summary>Copies the gradients of the last step, without penalties; running statistics stay as they are. For tests.</summary>
    /// <param name="destination">Receives them.</param>
    internal void GetGradients(NetworkWeights destination)
    {
        CheckLayout(destination);
        foreach (ManagedLayer layer in _network.Layers)
        {
            (layer as ManagedLinearLayer)?.ExportGradients(destination);
            (layer as ManagedBatchNormalizationLayer)?.ExportGradients(destination);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _team.Dispose();
        _share?.Dispose();
    }

    private int Limit(int members)
    {
        if (_share != null)
            members = Math.Min(members, ProcessorShare.Threads);

        // More members than slices of rows would find nothing to do.
        return Math.Min(members, (_batch.Rows + SliceMoments.Rows - 1) / SliceMoments.Rows);
    }

    private void CheckLayout(NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);

        if (weights.Layout.Length != _layout.Length || !weights.Layout.Tensors.Select(t => t.Name).SequenceEqual(_layout.Tensors.Select(t => t.Name)))
            throw new ArgumentException($"The weights are of another network: expected {_layout.Length} values, got {weights.Layout.Length}.", nameof(weights));
    }
}
