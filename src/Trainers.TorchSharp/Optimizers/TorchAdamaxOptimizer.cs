namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>The steps of <see cref="AdamaxOptions"/>.</summary>
internal sealed class TorchAdamaxOptimizer : TorchOptimizer
{
    private readonly double _beta1;
    private readonly Scalar _meanDecay;
    private readonly Scalar _meanShare;
    private readonly Scalar _largestDecay;
    private readonly Scalar _epsilon;
    private readonly Tensor _mean;
    private readonly Tensor _largest;

    public TorchAdamaxOptimizer(AdamaxOptions options, TorchUpdateContext context)
        : base(context)
    {
        _beta1 = options.Beta1;
        (_meanDecay, _meanShare, _largestDecay) = (Constant(_beta1), Constant(1 - _beta1), Constant(options.Beta2));
        _epsilon = Constant(options.Epsilon);
        (_mean, _largest) = (State("mean"), State("largest"));
    }

    protected override void Update(float learningRate)
    {
        var gradients = Parameters.Gradients;
        _mean.mul_(_meanDecay).add_(gradients, _meanShare);
        _largest.copy_(maximum(_largest.mul_(_largestDecay), gradients.abs_().add_(_epsilon)));
        Move(_mean, _largest, learningRate / (1 - Math.Pow(_beta1, Steps)));
    }
}
