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
    private readonly float _l1;
    private readonly float _l2;
    private readonly List<IDisposable> _owned = [];

    /// <summary>Starts at the first step.</summary>
    /// <param name="settings">The penalties.</param>
    /// <param name="parameters">The parameters.</param>
    protected TorchOptimizer(EngineSettings settings, TorchParameters parameters)
    {
        Parameters = parameters;
        bool hasWeights = parameters.WeightValues.shape[0] > 0;
        (_l1, _l2) = hasWeights ? (settings.L1, settings.L2) : (0, 0);
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
    /// <param name="settings">The rates of the step.</param>
    public void Step(in StepSettings settings)
    {
        WeightDecayFactor = settings.WeightDecayFactor;
        // sign(0) is 0 in libtorch as in ours.
        if (_l1 > 0)
            AddPenalty(Parameters.WeightValues.sign(), _l1);
        if (_l2 > 0)
            AddPenalty(Parameters.WeightValues, _l2);
        Update(settings.LearningRate);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var item in _owned)
            item.Dispose();
    }

    /// <summary>What penalties and decay are multiplied by in the present step.</summary>
    protected float WeightDecayFactor { get; private set; } = 1;

    /// <summary>Moves the parameters; gradients include the penalties.</summary>
    /// <param name="learningRate">The learning rate.</param>
    protected abstract void Update(float learningRate);

    private void AddPenalty(Tensor direction, float penalty)
    {
        using Scalar factor = penalty * WeightDecayFactor;
        Parameters.WeightGradients.add_(direction, factor);
    }

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
