namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>The steps of <see cref="RAdamOptions"/>.</summary>
internal sealed class TorchRAdamOptimizer : TorchOptimizer
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly Scalar _epsilon;
    private readonly TorchMoments _moments;

    public TorchRAdamOptimizer(RAdamOptions options, TorchUpdateContext context)
        : base(context)
    {
        (_beta1, _beta2) = (options.Beta1, options.Beta2);
        _epsilon = Constant(options.Epsilon);
        _moments = Moments(_beta1, _beta2);
    }

    protected override void Update(float learningRate)
    {
        _moments.Take(Parameters.Gradients);
        double rate = learningRate / (1 - Math.Pow(_beta1, Steps));
        if (Rectification.Of(_beta2, Steps) is { } adaptive)
            Move(_moments.Mean, _moments.Square.sqrt().add_(_epsilon), rate * adaptive);
        else
            Move(_moments.Mean, rate);
    }
}
