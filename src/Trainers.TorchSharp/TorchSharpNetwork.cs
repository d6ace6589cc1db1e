namespace MLExtensions.Trainers;

/// <summary>
/// A network of the application's own, written as a TorchSharp module, for <see cref="TorchSharpEngine.Network"/>. It maps
/// [rows x features] to [rows x outputs], logits or values without a last activation: the task adds loss and scores. Features that are categories come as indices. Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// Trained is every parameter that requires a gradient. Parameters of two or more dimensions are weights, on which L1, L2 and weight
/// decay act; others are not penalized. Whatever else results depend on must be a parameter or a persistent buffer: those are saved.
/// All are kept as <c>Single</c>, so a buffer of whole numbers can hold up to 16,777,216.
/// </para>
/// <para>
/// A saved model holds the state and not the code: a process that loads it registers a network that makes the same tensors under the
/// same name (<c>ml.RegisterTorchSharpNetwork</c>), and scores on libtorch, on the CPU.
/// </para>
/// <para>
/// Where a module draws random numbers in training, as dropout does, they come from libtorch's generator of the process, which is
/// seeded when training begins, on a GPU before each step: trainings at the same time share it.
/// </para>
/// </remarks>
public sealed class TorchSharpNetwork : ICustomNetwork
{
    private readonly Func<NetworkInput, nn.Module<Tensor, Tensor>> _factory;
    private readonly Lock _lock = new();

    // A module of a training is disposed of with it, so one that comes twice would be gone the second time. Weak: this must keep
    // no model's memory.
    private readonly WeakReference _previous = new(null);

    /// <summary>Makes a network known.</summary>
    /// <param name="name">The name by which saved models find the factory again.</param>
    /// <param name="factory">Makes a new module on the CPU at each call; called by one thread at a time.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public TorchSharpNetwork(string name, Func<NetworkInput, nn.Module<Tensor, Tensor>> factory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(factory);

        Name = name;
        _factory = factory;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Kind => "TorchSharp";

    /// <inheritdoc/>
    public (NetworkDescription Network, NetworkWeights Start) Start(int inputs, int outputs, int seed)
    {
        using var module = CreateSeeded(new NetworkInput(inputs, outputs), RandomStream.Key(seed, "weights"));
        module.Check();
        var layer = new CustomLayer(Name, Kind, inputs, outputs, module.Describe()) { Code = this };
        var network = new NetworkDescription(inputs, outputs, [layer]);
        var start = new NetworkWeights(new ParameterLayout(network));
        module.Tensors.CopyTo(start);
        return (network, start);
    }

    /// <inheritdoc/>
    public void Check(CustomLayer saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        NativeLibrary.Require();

        using var module = Create(new NetworkInput(saved.Inputs, saved.Outputs));
        module.Check();
        string[] expected = [.. saved.Tensors.Select(TextOf)];
        string[] made = [.. module.Describe().Select(TextOf)];
        if (expected.FirstOrDefault(text => !made.Contains(text)) is { } missing)
            throw new FormatException($"the network that is registered as '{Name}' is another one than was saved: it has no {missing}");
        if (made.FirstOrDefault(text => !expected.Contains(text)) is { } surplus)
            throw new FormatException($"the network that is registered as '{Name}' is another one than was saved: that has no {surplus}");
    }

    /// <inheritdoc/>
    public INetworkScorer CreateScorer(CustomLayer layer, NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(weights);

        return new TorchModuleScorer(() => Create(new NetworkInput(layer.Inputs, layer.Outputs)), weights);
    }

    /// <summary>Makes a new module.</summary>
    /// <exception cref="InvalidOperationException">The factory gives none, or one that it has given before.</exception>
    internal TorchModule Create(NetworkInput input)
    {
        lock (_lock)
        {
            var module = _factory(input) ?? throw new InvalidOperationException($"The factory of the network '{Name}' gave null: expected a module.");
            if (ReferenceEquals(module, _previous.Target))
                throw new InvalidOperationException($"The factory of the network '{Name}' gave the same module twice: it must make a new one at each call.");

            _previous.Target = module;
            return new TorchModule(Name, module, input);
        }
    }

    // Modules draw their first weights from the generator of the process, which is left as it was.
    private TorchModule CreateSeeded(NetworkInput input, ulong seed)
    {
        using var before = get_rng_state();
        manual_seed(unchecked((long)seed));
        try
        {
            return Create(input);
        }
        finally
        {
            set_rng_state(before);
        }
    }

    private static string TextOf(CustomTensor tensor) =>
        $"{(tensor.Role == ParameterRole.CustomState ? "buffer" : "parameter")} '{tensor.Name}' of shape [{string.Join(", ", tensor.Shape)}]";
}
