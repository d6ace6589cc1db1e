namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>What happens at the update beside the optimizer's step. Its tensors belong to the present dispose scope but for averages.</summary>
internal sealed class TorchUpdate : IDisposable
{
    private readonly UpdateSettings _settings;
    private readonly TorchParameters _parameters;
    private readonly ParameterLayout _layout;
    private readonly torch.Device _device;
    private readonly Generator? _random;
    private readonly Tensor[] _hidden;
    private readonly Tensor? _clean;

    /// <summary>Starts at the first step.</summary>
    /// <param name="setup">What the session is about.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="layout">The parameters' layout.</param>
    /// <param name="random">The source of noise; null on a GPU.</param>
    public TorchUpdate(SessionSetup setup, TorchParameters parameters, ParameterLayout layout, Generator? random)
    {
        (_settings, _parameters, _layout, _device, _random) = (setup.Settings.Update, parameters, layout, setup.TorchDevice, random);
        // The last linear layer gives the outputs; it has no hidden units.
        _hidden = [.. layout.Tensors.Where(tensor => tensor.Role == ParameterRole.Weight && tensor.LayerIndex < setup.Network.Layers.Count - 1)
            .Select(tensor => parameters[tensor.Name])];
        _clean = _settings.WeightNoise > 0 ? parameters.WeightValues.clone().DetachFromDisposeScope() : null;
    }

    /// <summary>The moving averages; null before the first step and where none are asked for.</summary>
    public TorchParameters? Averages { get; private set; }

    /// <summary>Limits the gradients, before penalties are added. Does not wait for a GPU.</summary>
    public void ClipGradients()
    {
        var gradients = _parameters.Gradients;
        if (_settings.ClipValue is { } limit)
        {
            using Scalar least = -limit;
            using Scalar most = limit;
            gradients.clamp_(least, most);
        }
        if (_settings.ClipNorm is { } norm)
        {
            using Scalar one = 1;
            using Scalar tiny = 1e-6;
            using Scalar longest = norm;
            gradients.mul_(gradients.norm().add_(tiny).reciprocal_().mul_(longest).clamp_max_(one));
        }
    }

    /// <summary>Adds noise to the weight matrices, after noting them.</summary>
    public void AddNoise()
    {
        if (_clean is null)
            return;

        using var noGradients = no_grad();
        _clean.copy_(_parameters.WeightValues);
        _parameters.WeightValues.add_(empty_like(_clean).normal_(0, _settings.WeightNoise, _random));
    }

    /// <summary>Puts the weight matrices back.</summary>
    public void RemoveNoise()
    {
        if (_clean is null)
            return;

        using var noGradients = no_grad();
        _parameters.WeightValues.copy_(_clean);
    }

    /// <summary>Limits the norms of weights, then takes averages.</summary>
    public void FinishStep()
    {
        if (_settings.MaximumNorm is { } maximum)
        {
            foreach (var weights in _hidden)
                weights.copy_(weights.renorm(2, 0, maximum));
        }
        if (_settings.AverageDecay is { } decay)
            Average(decay);
    }

    /// <summary>Gives or sets the moving averages, of which there are none before the first step.</summary>
    public void Exchange(StateExchange state)
    {
        int count = Averages is null ? 0 : 1;
        state.Number("count", ref count);
        if (count == 0)
        {
            Averages?.Dispose();
            Averages = null;
            return;
        }

        Averages ??= new TorchParameters(_layout, _device);
        Averages.Exchange(state);
    }

    public void Dispose()
    {
        Averages?.Dispose();
        _clean?.Dispose();
    }

    private void Average(double decay)
    {
        bool isFirst = Averages is null;
        Averages ??= new TorchParameters(_layout, _device);
        using Scalar kept = isFirst ? 0 : decay;
        using Scalar share = isFirst ? 1 : 1 - decay;
        Averages.MoveTowards(_parameters, kept, share);
    }
}
