using System.Runtime.InteropServices;

namespace MLExtensions.Trainers.TorchSharp;

/// <summary>A network in training on libtorch. Every step has a dispose scope, so that nothing but parameters outlives it.</summary>
internal class TorchSession : IMlpSession, IHostStepTarget
{
    // A GPU needs many rows at once to be busy; more than this only takes memory.
    private const int ScoringRows = 8192;

    private readonly SessionSetup _setup;
    private readonly ParameterLayout _layout;
    private readonly TorchParameters _parameters;
    private readonly TorchRows _rows;
    private readonly ITorchNetwork _network;
    private readonly TorchModule? _module;
    private readonly HostOptimizer? _host;
    private readonly TorchOptimizer? _optimizer;
    private readonly TorchUpdate _update;
    private readonly TorchAugmentation? _augmentation;
    private readonly Generator? _random;
    private readonly ProductPrecision? _precision;
    private readonly ComputingThreads? _threads;
    private readonly int _scoringRows;
    private readonly GpuRandom? _gpuRandom;

    /// <summary>Puts data and network on the device.</summary>
    /// <param name="setup">What the session is about.</param>
    public TorchSession(SessionSetup setup)
    {
        _setup = setup;
        _layout = new ParameterLayout(setup.Network);
        _scoringRows = Math.Max(setup.Settings.MaximumBatchRows, Math.Min(ScoringRows, setup.Data.Rows));
        _rows = TorchRows.Place(setup, _scoringRows);
        _module = ModuleOf(setup.Network)?.To(setup.TorchDevice);
        _parameters = new TorchParameters(_layout, setup.TorchDevice, _module);
        _host = HostOptimizer.Create(setup.Network, setup.Settings);
        _optimizer = _host is not null ? null : TorchOptimizer.Create(new TorchUpdateContext(setup.Settings, _parameters, new ParameterGroups(_layout, setup.Settings.Update)));
        _augmentation = TorchAugmentation.Create(setup);
        _random = SeedRandom(setup);
        _gpuRandom = GpuRandom.Create(setup);
        _update = new TorchUpdate(setup, _parameters, _layout, _random);
        _network = _module as ITorchNetwork ?? new TorchNetwork(setup.Network, _parameters, setup.Precision, _random);
        _precision = setup.Precision == MatrixPrecision.TensorFloat32 ? new ProductPrecision() : null;
        _threads = ComputingThreads.For(setup);
    }

    /// <inheritdoc/>
    public double Step(ReadOnlySpan<int> rows, in StepSettings settings)
    {
        using var scope = NewDisposeScope();
        return Take(rows, settings)?.item<float>() ?? 0;
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> rows, Span<float> outputs)
    {
        int count = _setup.Network.Outputs;
        EngineArguments.CheckScore(rows, _setup.Data, count, outputs.Length);

        using var noGradients = no_grad();
        for (int first = 0; first < rows.Length; first += _scoringRows)
        {
            using var scope = NewDisposeScope();
            var portion = rows.Slice(first, Math.Min(_scoringRows, rows.Length - first));
            var values = _network.Forward(_rows.TakeFeatures(portion), training: false).cpu().contiguous();
            MemoryMarshal.Cast<byte, float>(values.bytes).CopyTo(outputs[(first * count)..]);
        }
    }

    /// <inheritdoc/>
    public void GetWeights(NetworkWeights destination)
    {
        EngineArguments.CheckLayout(destination, _layout);
        _parameters.CopyTo(destination);
    }

    /// <inheritdoc/>
    public void SetWeights(NetworkWeights source)
    {
        EngineArguments.CheckLayout(source, _layout);
        _parameters.CopyFrom(source);
    }

    /// <inheritdoc/>
    public void GetAverages(NetworkWeights destination)
    {
        EngineArguments.CheckLayout(destination, _layout);
        (_update.Averages ?? _parameters).CopyTo(destination);
    }

    /// <inheritdoc/>
    public void UpdateStatistics(ReadOnlySpan<int> rows, float share)
    {
        EngineArguments.CheckStep(rows, _setup.Data, _setup.Settings);
        if (_network is not TorchNetwork layers)
            throw new NotSupportedException("The statistics of a network of the application's own cannot be gathered: only its code knows them.");
        if (!(_setup.Data.WeightOf(rows) > 0))
            return;

        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        _gpuRandom?.Seed();
        layers.SetStatisticsShare(share);
        _setup.Data.Features.Prepare(rows);
        layers.Forward(_rows.TakeFeatures(rows), training: true);
        layers.SetStatisticsShare(null);
    }

    /// <inheritdoc/>
    public double? ComputeGradients(ReadOnlySpan<int> rows, in StepSettings settings, NetworkWeights destination)
    {
        EngineArguments.CheckLayout(destination, _layout);
        using var scope = NewDisposeScope();
        if (Differentiate(rows, settings) is not { } loss)
            return null;

        _parameters.CopyGradientsTo(destination);
        return loss.item<float>();
    }

    /// <inheritdoc/>
    public void FinishStep()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        _update.FinishStep();
    }

    /// <inheritdoc/>
    public void Exchange(StateExchange state)
    {
        ArgumentNullException.ThrowIfNull(state);

        _parameters.Exchange(state.Of("weights"));
        _optimizer?.Exchange(state.Of("optimizer"));
        _host?.Exchange(state.Of("optimizer"));
        _update.Exchange(state.Of("averages"));
        _augmentation?.Exchange(state);
        ExchangeRandom(state);
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _precision?.Dispose();
        _threads?.Dispose();
        _optimizer?.Dispose();
        _update.Dispose();
        _parameters.Dispose();
        _module?.Dispose();
        _rows.Dispose();
        _random?.Dispose();
    }

    /// <summary>Takes a step; the loss is a tensor of the present dispose scope, or null where the rows weigh nothing.</summary>
    protected Tensor? Take(ReadOnlySpan<int> rows, in StepSettings settings)
    {
        if (_host is not null)
            return tensor((float)_host.Step(this, rows, settings), device: _setup.TorchDevice);
        if (Differentiate(rows, settings) is not { } loss)
            return null;

        using (no_grad())
        {
            _update.ClipGradients();
            _optimizer!.Step(settings);
            _update.FinishStep();
        }
        return loss;
    }

    /// <summary>The loss and the gradients of some rows, which weigh something; weights stay.</summary>
    private Tensor? Differentiate(ReadOnlySpan<int> rows, in StepSettings settings)
    {
        EngineArguments.CheckStep(rows, _setup.Data, _setup.Settings);
        if (!(_setup.Data.WeightOf(rows) > 0))
            return null;

        _gpuRandom?.Seed();
        _update.AddNoise();
        using var gradients = enable_grad();
        var batch = _rows.Take(rows);
        _parameters.Gradients.zero_();
        _network.BeginStep(settings);
        var loss = _augmentation is null
            ? TorchLoss.Mean(_setup.Settings, _network.Forward(batch.Features, training: true), batch)
            : _augmentation.MeanLoss(batch, features => _network.Forward(features, training: true));
        loss.backward();
        _update.RemoveNoise();
        return loss.detach();
    }

    /// <summary>Gives or sets where the random numbers of dropout and noise stand.</summary>
    private void ExchangeRandom(StateExchange state)
    {
        _gpuRandom?.Exchange(state);
        var random = _random ?? (_setup.Device.CudaIndex is null ? Generator.Default : null);
        if (random is null)
            return;

        using var scope = NewDisposeScope();
        byte[] bytes = random.get_state().data<byte>().ToArray();
        long[] words = new long[(bytes.Length + sizeof(long) - 1) / sizeof(long)];
        bytes.AsSpan().CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        state.Values("random", words);
        if (state.IsSetting)
            random.set_state(tensor(MemoryMarshal.AsBytes(words.AsSpan())[..bytes.Length].ToArray()));
    }

    /// <summary>
    /// A generator of the session's own on the CPU. None on a GPU, where <see cref="GpuRandom"/> stands in for it; modules of the application
    /// know none: for those libtorch's own one is seeded, which trainings at the same time share.
    /// </summary>
    private static Generator? SeedRandom(SessionSetup setup)
    {
        ulong key = RandomStream.Key(setup.Settings.Seed, "dropout");
        if (setup.Network.Layers is not [CustomLayer])
            return setup.Device.CudaIndex is null ? new Generator(key) : null;

        manual_seed(unchecked((long)key));
        return null;
    }

    /// <summary>A new module where the network is code of the application; else null.</summary>
    private static TorchModule? ModuleOf(NetworkDescription network) => network.Layers switch
    {
        [CustomLayer { Code: TorchSharpNetwork code } layer] => code.Create(new NetworkInput(layer.Inputs, layer.Outputs)),
        [CustomLayer layer] => throw new NotSupportedException($"The TorchSharp engine has no code for the network '{layer.Name}' of kind {layer.Kind}."),
        _ => null,
    };
}
