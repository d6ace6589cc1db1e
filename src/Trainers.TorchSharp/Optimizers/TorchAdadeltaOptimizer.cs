namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>The steps of <see cref="AdadeltaOptions"/>.</summary>
internal sealed class TorchAdadeltaOptimizer : TorchOptimizer
{
    private readonly Scalar _decay;
    private readonly Scalar _share;
    private readonly Scalar _epsilon;
    private readonly Tensor _square;
    private readonly Tensor _steps;

    public TorchAdadeltaOptimizer(AdadeltaOptions options, TorchUpdateContext context)
        : base(context)
    {
        (_decay, _share) = (Constant(options.Rho), Constant(1 - (double)options.Rho));
        _epsilon = Constant(options.Epsilon);
        (_square, _steps) = (State("square"), State("step square"));
    }

    protected override void Update(float learningRate)
    {
        var gradients = Parameters.Gradients;
        _square.mul_(_decay).addcmul_(gradients, gradients, _share);
        var direction = _steps.add(_epsilon).sqrt_().div_(_square.add(_epsilon).sqrt_()).mul_(gradients);
        _steps.mul_(_decay).addcmul_(direction, direction, _share);
        Move(direction, learningRate);
    }
}
