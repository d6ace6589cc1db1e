using MLExtensions.Trainers.Engine;
using TorchSharp;
using static TorchSharp.torch;

namespace MLExtensions.Trainers.TorchSharp;

/// <summary>The steps of <see cref="AdamOptions"/> and <see cref="AdamWOptions"/>, which differ in the decay.</summary>
internal sealed class TorchAdamOptimizer : TorchOptimizer
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _weightDecay;
    private readonly Scalar _meanDecay;
    private readonly Scalar _meanShare;
    private readonly Scalar _squareDecay;
    private readonly Scalar _squareShare;
    private readonly Scalar _epsilon;
    private readonly Tensor _mean;
    private readonly Tensor _square;
    private int _steps;

    public TorchAdamOptimizer(AdamOptions options, EngineSettings settings, TorchParameters parameters)
        : this(options.Beta1, options.Beta2, options.Epsilon, 0, settings, parameters)
    {
    }

    public TorchAdamOptimizer(AdamWOptions options, EngineSettings settings, TorchParameters parameters)
        : this(options.Beta1, options.Beta2, options.Epsilon, options.WeightDecay, settings, parameters)
    {
    }

    private TorchAdamOptimizer(
        float beta1, float beta2, float epsilon, float weightDecay, EngineSettings settings, TorchParameters parameters)
        : base(settings, parameters)
    {
        (_beta1, _beta2, _weightDecay) = (beta1, beta2, weightDecay);
        (_meanDecay, _meanShare) = (Constant(_beta1), Constant(1 - _beta1));
        (_squareDecay, _squareShare) = (Constant(_beta2), Constant(1 - _beta2));
        _epsilon = Constant(epsilon);
        (_mean, _square) = (State(), State());
    }

    protected override void Update(float learningRate)
    {
        _steps++;
        using Scalar minusRate = -learningRate / (1 - Math.Pow(_beta1, _steps));
        // √(v / (1 - β₂ᵗ)) = √v / √(1 - β₂ᵗ).
        using Scalar rootScale = 1 / Math.Sqrt(1 - Math.Pow(_beta2, _steps));
        using Scalar shrinkage = 1 - learningRate * _weightDecay * WeightDecayFactor;

        var gradients = Parameters.Gradients;
        _mean.mul_(_meanDecay).add_(gradients, _meanShare);
        _square.mul_(_squareDecay).addcmul_(gradients, gradients, _squareShare);
        var denominator = _square.sqrt().mul_(rootScale).add_(_epsilon);
        if (_weightDecay > 0)
            Parameters.WeightValues.mul_(shrinkage);
        Parameters.Values.addcdiv_(_mean, denominator, minusRate);
    }
}
