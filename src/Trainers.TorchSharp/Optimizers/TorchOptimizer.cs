using MLExtensions.Trainers.Engine;
using TorchSharp;
using static TorchSharp.torch;

namespace MLExtensions.Trainers.TorchSharp;

/// <summary>
/// Moves all parameters along their gradients. These are not TorchSharp's own optimizers: those take the rate and the decay per
/// group of tensors and make several calls per tensor, and their penalties act on biases too.
/// </summary>
internal abstract class TorchOptimizer : IDisposable
{
    private readonly Scalar _l1;
    private readonly Scalar _l2;
    private readonly bool _hasL1;
    private readonly bool _hasL2;
    private readonly List<IDisposable> _owned = [];

    /// <summary>Starts at the first step.</summary>
    /// <param name="settings">The penalties.</param>
    /// <param name="parameters">The parameters.</param>
    protected TorchOptimizer(EngineSettings settings, TorchParameters parameters)
    {
        Parameters = parameters;
        bool hasWeights = parameters.WeightValues.shape[0] > 0;
        (_hasL1, _hasL2) = (hasWeights && settings.L1 > 0, hasWeights && settings.L2 > 0);
        (_l1, _l2) = (Constant(settings.L1), Constant(settings.L2));
    }

    /// <summary>The parameters.</summary>
    protected TorchParameters Parameters { get; }

    /// <summary>The optimizer that the settings ask for.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="parameters">The parameters.</param>
    public static TorchOptimizer Create(EngineSettings settings, TorchParameters parameters) => settings.Optimizer switch
    {
        SgdOptions options => new TorchSgdOptimizer(options, settings, parameters),
        AdamOptions options => new TorchAdamOptimizer(options, settings, parameters),
        AdamWOptions options => new TorchAdamOptimizer(options, settings, parameters),
        RmsPropOptions options => new TorchRmsPropOptimizer(options, settings, parameters),
        _ => throw new NotSupportedException($"The TorchSharp engine has no optimizer for {settings.Optimizer.GetType().Name}."),
    };

    /// <summary>Takes a step along the present gradients, which it may overwrite. Call it without recording gradients.</summary>
    /// <param name="learningRate">The learning rate.</param>
    public void Step(float learningRate)
    {
        // sign(0) is 0 in libtorch as in ours.
        if (_hasL1)
            Parameters.WeightGradients.add_(Parameters.WeightValues.sign(), _l1);
        if (_hasL2)
            Parameters.WeightGradients.add_(Parameters.WeightValues, _l2);
        Update(learningRate);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var item in _owned)
            item.Dispose();
    }

    /// <summary>Moves the parameters; gradients include the penalties.</summary>
    /// <param name="learningRate">The learning rate.</param>
    protected abstract void Update(float learningRate);

    /// <summary>A state of one zero per parameter, which lives as long as the optimizer.</summary>
    protected Tensor State()
    {
        var state = zeros_like(Parameters.Values).DetachFromDisposeScope();
        _owned.Add(state);
        return state;
    }

    /// <summary>A number that lives as long as the optimizer: one made for each call would wait for the garbage collector.</summary>
    protected Scalar Constant(double value)
    {
        Scalar scalar = value;
        _owned.Add(scalar);
        return scalar;
    }
}
