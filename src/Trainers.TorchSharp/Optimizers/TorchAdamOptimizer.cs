namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>The steps of <see cref="AdamOptions"/> and <see cref="AdamWOptions"/>, which differ in the decay.</summary>
internal sealed class TorchAdamOptimizer : TorchOptimizer
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _weightDecay;
    private readonly bool _isCorrected;
    private readonly Scalar _epsilon;
    private readonly TorchMoments _moments;
    private readonly Tensor? _largestSquare;

    public TorchAdamOptimizer(AdamOptions options, TorchUpdateContext context)
        : this(options.Beta1, options.Beta2, options.Epsilon, 0, options.AmsGrad, options.BiasCorrection, context)
    {
    }

    public TorchAdamOptimizer(AdamWOptions options, TorchUpdateContext context)
        : this(options.Beta1, options.Beta2, options.Epsilon, options.WeightDecay, options.AmsGrad, options.BiasCorrection, context)
    {
    }

    private TorchAdamOptimizer(
        double beta1, double beta2, double epsilon, double weightDecay, bool amsGrad, bool isCorrected, TorchUpdateContext context)
        : base(context)
    {
        (_beta1, _beta2, _weightDecay, _isCorrected) = (beta1, beta2, weightDecay, isCorrected);
        _moments = Moments(beta1, beta2);
        _epsilon = Constant(epsilon);
        _largestSquare = amsGrad ? State("largest square") : null;
    }

    protected override void Update(float learningRate)
    {
        _moments.Take(Parameters.Gradients);
        var square = _largestSquare is null ? _moments.Square : _largestSquare.copy_(maximum(_largestSquare, _moments.Square));
        // √(v / (1 - β₂ᵗ)) = √v / √(1 - β₂ᵗ).
        using Scalar rootScale = 1 / Math.Sqrt(Correction(_beta2));
        var denominator = square.sqrt().mul_(rootScale).add_(_epsilon);
        if (_weightDecay > 0)
            Decay(learningRate * _weightDecay);
        Move(_moments.Mean, denominator, learningRate / Correction(_beta1));
    }

    private double Correction(double beta) => _isCorrected ? 1 - Math.Pow(beta, Steps) : 1;
}
