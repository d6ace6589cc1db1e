using System.Runtime.InteropServices;

namespace MLExtensions.Trainers.TorchSharp.Layers;

/// <summary>A module of the application: what of it is trained, what else is kept, and how rows go through it.</summary>
internal sealed class TorchModule : ITorchNetwork, IDisposable
{
    private readonly string _name;
    private readonly nn.Module<Tensor, Tensor> _module;
    private readonly NetworkInput _input;
    private bool? _isTraining;

    /// <summary>Takes over a module.</summary>
    /// <param name="name">The name for messages.</param>
    /// <param name="module">The module, which is disposed of with this.</param>
    /// <param name="input">The sizes it was made for.</param>
    public TorchModule(string name, nn.Module<Tensor, Tensor> module, NetworkInput input)
    {
        (_name, _module, _input) = (name, module, input);
        foreach (var tensor in State.Values)
            tensor.DetachFromDisposeScope();
    }

    /// <summary>Parameters and persistent buffers by their names in a layout.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => State.ToDictionary(entry => $"0.{entry.Key}", entry => entry.Value);

    private Dictionary<string, Tensor> State => _module.state_dict();

    /// <summary>Moves the module.</summary>
    public TorchModule To(torch.Device device)
    {
        _module.to(device);
        foreach (var tensor in State.Values)
            tensor.DetachFromDisposeScope();
        return this;
    }

    /// <summary>Throws unless the module can be trained and gives as many outputs as it should.</summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public void Check()
    {
        if (!State.Values.Any(tensor => tensor.requires_grad))
        {
            throw new InvalidOperationException(
                $"The network '{_name}' has no parameter to train: a module registers its fields with RegisterComponents() at the end of its constructor.");
        }
        foreach (var (name, tensor) in State)
            Check(name, tensor);

        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor output;
        try
        {
            output = Forward(zeros(2, _input.Features), training: false);
        }
        catch (Exception exception) when (exception is ExternalException or ArgumentException)
        {
            // libtorch appends the stack of its own functions.
            throw new InvalidOperationException(
                $"The network '{_name}' fails on features of shape [2, {_input.Features}]: {exception.Message.Split('\n', 2)[0].TrimEnd('.')}.", exception);
        }
        if (output.dtype != ScalarType.Float32)
            throw new InvalidOperationException($"The network '{_name}' must give outputs of type Float32, got {output.dtype}.");
    }

    /// <summary>The tensors as a description has them.</summary>
    public IReadOnlyList<CustomTensor> Describe() => [.. State.Select(entry => new CustomTensor(
        entry.Key, RoleOf(entry.Value), [.. entry.Value.shape.Select(size => checked((int)size))]))];

    public Tensor Forward(Tensor features, bool training)
    {
        if (_isTraining != training)
        {
            _module.train(training);
            _isTraining = training;
        }

        var output = _module.call(features);
        long rows = features.shape[0];
        return output.shape is [var count, var width] && count == rows && width == _input.Outputs
            ? output
            : throw new InvalidOperationException($"The network '{_name}' must map features of shape [{rows}, {_input.Features}] to outputs " +
                $"of shape [{rows}, {_input.Outputs}], got [{string.Join(", ", output.shape)}].");
    }

    public void Dispose() => _module.Dispose();

    private void Check(string name, Tensor tensor)
    {
        if (tensor.requires_grad && tensor.dtype != ScalarType.Float32)
            throw new InvalidOperationException($"Parameter '{name}' of the network '{_name}' is of type {tensor.dtype}: expected Float32.");

        using var scope = NewDisposeScope();
        var exact = tensor.detach().to(ScalarType.Float64);
        if (!exact.isfinite().all().item<bool>())
            throw new InvalidOperationException($"Tensor '{name}' of the network '{_name}' holds NaN or infinity; register a buffer as not persistent where that is meant.");
        if (!exact.to(ScalarType.Float32).to(ScalarType.Float64).equal(exact).all().item<bool>())
            throw new InvalidOperationException($"Buffer '{name}' of the network '{_name}' holds {tensor.dtype} numbers that are none of Single's.");
    }

    private static ParameterRole RoleOf(Tensor tensor) =>
        !tensor.requires_grad ? ParameterRole.CustomState : tensor.dim() >= 2 ? ParameterRole.Weight : ParameterRole.CustomValue;
}
