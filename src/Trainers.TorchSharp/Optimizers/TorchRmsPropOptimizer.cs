namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>The steps of <see cref="RmsPropOptions"/>.</summary>
internal sealed class TorchRmsPropOptimizer : TorchOptimizer
{
    private readonly Scalar _decay;
    private readonly Scalar _share;
    private readonly Scalar _epsilon;
    private readonly Scalar _momentum;
    private readonly Scalar _zero;
    private readonly Scalar _one;
    private readonly Scalar _minusOne;
    private readonly Tensor _square;
    private readonly Tensor? _mean;
    private readonly Tensor? _velocity;

    public TorchRmsPropOptimizer(RmsPropOptions options, TorchUpdateContext context)
        : base(context)
    {
        (_decay, _share) = (Constant(options.Alpha), Constant(1 - (double)options.Alpha));
        (_epsilon, _momentum) = (Constant(options.Epsilon), Constant(options.Momentum));
        (_zero, _one, _minusOne) = (Constant(0), Constant(1), Constant(-1));
        _square = State("square");
        _mean = options.Centered ? State("mean") : null;
        _velocity = options.Momentum > 0 ? State("velocity") : null;
    }

    protected override void Update(float learningRate)
    {
        var gradients = Parameters.Gradients;
        _square.mul_(_decay).addcmul_(gradients, gradients, _share);
        var denominator = Variance(gradients).sqrt().add_(_epsilon);
        if (_velocity is null)
            Move(gradients, denominator, learningRate);
        else
            Move(_velocity.mul_(_momentum).addcdiv_(gradients, denominator, _one), learningRate);
    }

    private Tensor Variance(Tensor gradients)
    {
        if (_mean is null)
            return _square;

        _mean.mul_(_decay).add_(gradients, _share);
        // Rounding can put a gradient that never changes slightly below zero, where libtorch's own RMSprop gives NaN.
        return _square.addcmul(_mean, _mean, _minusOne).clamp_min_(_zero);
    }
}
