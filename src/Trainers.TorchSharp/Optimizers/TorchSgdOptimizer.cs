namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>The steps of <see cref="SgdOptions"/>.</summary>
internal sealed class TorchSgdOptimizer : TorchOptimizer
{
    private readonly bool _isNesterov;
    private readonly Scalar _momentum;
    private readonly Tensor? _velocity;

    public TorchSgdOptimizer(SgdOptions options, TorchUpdateContext context)
        : base(context)
    {
        _isNesterov = options.Nesterov;
        _momentum = Constant(options.Momentum);
        _velocity = options.Momentum > 0 ? State("velocity") : null;
    }

    protected override void Update(float learningRate)
    {
        var step = Parameters.Gradients;
        if (_velocity is not null)
        {
            // The velocity starts at zero, so the first step's is the gradient.
            _velocity.mul_(_momentum).add_(step);
            step = _isNesterov ? step.add_(_velocity, _momentum) : _velocity;
        }
        Move(step, learningRate);
    }
}
