namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>The steps of <see cref="NAdamOptions"/>.</summary>
internal sealed class TorchNAdamOptimizer : TorchOptimizer
{
    private readonly NesterovSchedule _momentum;
    private readonly double _beta2;
    private readonly Scalar _epsilon;
    private readonly TorchMoments _moments;

    public TorchNAdamOptimizer(NAdamOptions options, TorchUpdateContext context)
        : base(context)
    {
        _momentum = new NesterovSchedule(options);
        _beta2 = options.Beta2;
        _epsilon = Constant(options.Epsilon);
        _moments = Moments(options.Beta1, options.Beta2);
    }

    public override void Exchange(StateExchange state)
    {
        base.Exchange(state);
        _momentum.Exchange(state);
    }

    protected override void Update(float learningRate)
    {
        var gradients = Parameters.Gradients;
        _moments.Take(gradients);
        (double gradientShare, double meanShare) = _momentum.Next(Steps);
        using Scalar rootScale = 1 / Math.Sqrt(1 - Math.Pow(_beta2, Steps));
        using Scalar shareOfGradient = gradientShare;
        using Scalar shareOfMean = meanShare;
        var numerator = gradients.mul_(shareOfGradient).add_(_moments.Mean, shareOfMean);
        Move(numerator, _moments.Square.sqrt().mul_(rootScale).add_(_epsilon), learningRate);
    }
}
