namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>The steps of <see cref="AdagradOptions"/>.</summary>
internal sealed class TorchAdagradOptimizer : TorchOptimizer
{
    private readonly double _rateDecay;
    private readonly Scalar _epsilon;
    private readonly Scalar _one;
    private readonly Tensor _sum;

    public TorchAdagradOptimizer(AdagradOptions options, TorchUpdateContext context)
        : base(context)
    {
        _rateDecay = options.LearningRateDecay;
        (_epsilon, _one) = (Constant(options.Epsilon), Constant(1));
        _sum = State("sum");
        using Scalar start = options.InitialAccumulator;
        _sum.fill_(start);
    }

    protected override void Update(float learningRate)
    {
        var gradients = Parameters.Gradients;
        _sum.addcmul_(gradients, gradients, _one);
        Move(gradients, _sum.sqrt().add_(_epsilon), learningRate / (1 + (Steps - 1) * _rateDecay));
    }
}
