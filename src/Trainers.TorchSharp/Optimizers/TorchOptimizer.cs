namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>
/// Moves all parameters along their gradients. These are not TorchSharp's own optimizers: those take the rate and the decay per
/// group of tensors and make several calls per tensor, and their penalties act on biases too.
/// </summary>
internal abstract class TorchOptimizer : IDisposable
{
    private readonly float _l1;
    private readonly float _l2;
    private readonly List<IDisposable> _owned = [];
    private readonly List<(string Name, Tensor Values)> _states = [];

    // One factor per value; null where all are 1.
    private readonly Tensor? _factors;
    private readonly Tensor? _penalizedFactors;
    private readonly Tensor _penalizedValues;
    private readonly Tensor _penalizedGradients;
    private int _steps;

    /// <summary>Starts at the first step.</summary>
    /// <param name="context">What the optimizer is about.</param>
    protected TorchOptimizer(TorchUpdateContext context)
    {
        var (settings, parameters) = (context.Settings, context.Parameters);
        Parameters = parameters;
        (_penalizedValues, _penalizedGradients) = settings.Update.PenalizesAll
            ? (parameters.Values, parameters.Gradients)
            : (parameters.WeightValues, parameters.WeightGradients);
        bool hasWeights = _penalizedValues.shape[0] > 0;
        (_l1, _l2) = hasWeights ? (settings.L1, settings.L2) : (0, 0);
        if (settings.Update.Factors != new LearningRateFactors() || settings.Update.NeuralTangent || settings.Update.FrozenHiddenLayers > 0)
        {
            _factors = Keep(parameters.Spread(tensor => context.Groups[tensor.LayerIndex, tensor.Role].StepFactor));
            _penalizedFactors = Keep(parameters.Spread(tensor => context.Groups[tensor.LayerIndex, tensor.Role].RateFactor).narrow(0, 0, _penalizedValues.shape[0]));
        }
    }

    /// <summary>The parameters.</summary>
    protected TorchParameters Parameters { get; }

    /// <summary>The optimizer that the settings ask for.</summary>
    /// <param name="context">What the optimizer is about.</param>
    public static TorchOptimizer Create(TorchUpdateContext context) => context.Settings.Optimizer switch
    {
        SgdOptions options => new TorchSgdOptimizer(options, context),
        AdamOptions options => new TorchAdamOptimizer(options, context),
        AdamWOptions options => new TorchAdamOptimizer(options, context),
        NAdamOptions options => new TorchNAdamOptimizer(options, context),
        RAdamOptions options => new TorchRAdamOptimizer(options, context),
        AdamPOptions options => new TorchAdamPOptimizer(options, context),
        MuonOptions options => new TorchMuonOptimizer(options, context),
        AdamaxOptions options => new TorchAdamaxOptimizer(options, context),
        RmsPropOptions options => new TorchRmsPropOptimizer(options, context),
        AdagradOptions options => new TorchAdagradOptimizer(options, context),
        AdadeltaOptions options => new TorchAdadeltaOptimizer(options, context),
        var other => throw new NotSupportedException($"The TorchSharp engine has no optimizer for {other.GetType().Name}."),
    };

    /// <summary>Takes a step along the present gradients, which it may overwrite. Call it without recording gradients.</summary>
    /// <param name="settings">The rates of the step.</param>
    public void Step(in StepSettings settings)
    {
        _steps++;
        WeightDecayFactor = settings.WeightDecayFactor;
        // sign(0) is 0 in libtorch as in ours.
        if (_l1 > 0)
            AddPenalty(_penalizedValues.sign(), _l1);
        if (_l2 > 0)
            AddPenalty(_penalizedValues, _l2);
        Update(settings.LearningRate);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var item in _owned)
            item.Dispose();
    }

    /// <summary>Gives or sets what the optimizer keeps from step to step.</summary>
    /// <param name="state">The exchange.</param>
    public virtual void Exchange(StateExchange state)
    {
        state.Number("steps", ref _steps);
        foreach (var (name, values) in _states)
            values.Exchange(state, name);
    }

    /// <summary>The number of the present step, from 1.</summary>
    protected int Steps => _steps;

    /// <summary>What penalties and decay are multiplied by in the present step.</summary>
    protected float WeightDecayFactor { get; private set; } = 1;

    /// <summary>Moves the parameters; gradients include the penalties.</summary>
    /// <param name="learningRate">The learning rate.</param>
    protected abstract void Update(float learningRate);

    private void AddPenalty(Tensor direction, float penalty)
    {
        using Scalar factor = penalty * WeightDecayFactor;
        _penalizedGradients.add_(direction, factor);
    }

    /// <summary>w ← w - rate direction, each rate with its factor.</summary>
    protected void Move(Tensor direction, double rate)
    {
        using Scalar minusRate = -rate;
        Parameters.Values.add_(WithFactors(direction), minusRate);
    }

    /// <summary>w ← w - rate numerator / denominator, each rate with its factor.</summary>
    protected void Move(Tensor numerator, Tensor denominator, double rate)
    {
        using Scalar minusRate = -rate;
        Parameters.Values.addcdiv_(WithFactors(numerator), denominator, minusRate);
    }

    /// <summary>w ← w (1 - rate decay) where penalties act, each rate with its factor and the decay with that of the step.</summary>
    /// <param name="rateTimesDecay">rate decay.</param>
    /// <param name="shares">A further factor on the decay of each parameter; null for 1.</param>
    protected void Decay(double rateTimesDecay, Tensor? shares = null)
    {
        rateTimesDecay *= WeightDecayFactor;
        var factors = shares?.narrow(0, 0, _penalizedValues.shape[0]);
        if (_penalizedFactors is not null)
            factors = factors is null ? _penalizedFactors : factors.mul(_penalizedFactors);
        if (factors is null)
        {
            using Scalar shrinkage = 1 - rateTimesDecay;
            _penalizedValues.mul_(shrinkage);
        }
        else
        {
            using Scalar minusDecay = -rateTimesDecay;
            using Scalar one = 1;
            _penalizedValues.mul_(factors.mul(minusDecay).add_(one));
        }
    }

    /// <summary>A state of one zero per parameter, which lives as long as the optimizer.</summary>
    /// <param name="name">Its name.</param>
    protected Tensor State(string name)
    {
        var values = Keep(zeros_like(Parameters.Values));
        _states.Add((name, values));
        return values;
    }

    /// <summary>Moments that start at zero.</summary>
    protected TorchMoments Moments(double beta1, double beta2) =>
        new(State("mean"), State("square"), Constant(beta1), Constant(1 - beta1), Constant(beta2), Constant(1 - beta2));

    /// <summary>A number that lives as long as the optimizer: one made for each call would wait for the garbage collector.</summary>
    protected Scalar Constant(double value)
    {
        Scalar scalar = value;
        _owned.Add(scalar);
        return scalar;
    }

    private Tensor WithFactors(Tensor direction) => _factors is null ? direction : direction.mul(_factors);

    /// <summary>Lets a tensor live as long as the optimizer.</summary>
    protected Tensor Keep(Tensor tensor)
    {
        _owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}

/// <summary>The decaying means of the gradient and of its square, which Adam and its kin keep.</summary>
/// <param name="Mean">The mean of the gradient.</param>
/// <param name="Square">The mean of its square.</param>
/// <param name="MeanDecay">β₁.</param>
/// <param name="MeanShare">1 - β₁.</param>
/// <param name="SquareDecay">β₂.</param>
/// <param name="SquareShare">1 - β₂.</param>
internal sealed record TorchMoments(
    Tensor Mean, Tensor Square, Scalar MeanDecay, Scalar MeanShare, Scalar SquareDecay, Scalar SquareShare)
{
    /// <summary>Takes a gradient into both.</summary>
    public void Take(Tensor gradients)
    {
        Mean.mul_(MeanDecay).add_(gradients, MeanShare);
        Square.mul_(SquareDecay).addcmul_(gradients, gradients, SquareShare);
    }
}

/// <summary>What an optimizer is about.</summary>
/// <param name="Settings">The settings of the session.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Groups">How each tensor is updated.</param>
internal sealed record TorchUpdateContext(EngineSettings Settings, TorchParameters Parameters, ParameterGroups Groups);
