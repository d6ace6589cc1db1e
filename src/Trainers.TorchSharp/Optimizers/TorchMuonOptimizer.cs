namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>The steps of <see cref="MuonOptions"/>. All parameters take AdamW's direction first, which hidden matrices then replace.</summary>
internal sealed class TorchMuonOptimizer : TorchOptimizer
{
    private readonly MuonOptions _options;
    private readonly TorchMoments _moments;
    private readonly Tensor _momentum;
    private readonly Tensor _rates;
    private readonly Scalar _epsilon, _decay, _share, _tiny, _a, _b, _c;
    private readonly ParameterTensor[] _hidden;

    public TorchMuonOptimizer(MuonOptions options, TorchUpdateContext context)
        : base(context)
    {
        _options = options;
        _moments = Moments(options.Beta1, options.Beta2);
        _momentum = State("momentum");
        (_decay, _share) = (Constant(options.Momentum), Constant(1 - (double)options.Momentum));
        (_epsilon, _tiny) = (Constant(options.Epsilon), Constant(1e-7));
        (_a, _b, _c) = (Constant(3.4445), Constant(-4.775), Constant(2.0315));

        // The weights of the last layer are those of the outputs.
        var matrices = context.Parameters.Trained.Where(tensor => tensor.Role == ParameterRole.Weight).ToArray();
        _hidden = [.. matrices.Where(tensor => tensor.LayerIndex < matrices.Max(other => other.LayerIndex))];
        float otherRate = options.AdamWLearningRate / options.LearningRate;
        _rates = Keep(context.Parameters.Spread(tensor => _hidden.Contains(tensor) ? 1 : otherRate));
    }

    protected override void Update(float learningRate)
    {
        var gradients = Parameters.Gradients;
        _moments.Take(gradients);
        _momentum.mul_(_decay).add_(gradients, _share);
        using Scalar rootScale = 1 / Math.Sqrt(1 - Math.Pow(_options.Beta2, Steps));
        using Scalar correction = 1 / (1 - Math.Pow(_options.Beta1, Steps));
        var directions = _moments.Mean.mul(correction).div_(_moments.Square.sqrt().mul_(rootScale).add_(_epsilon)).mul_(_rates);
        var steps = _options.Nesterov ? _momentum.mul(_decay).add_(gradients, _share) : _momentum;
        foreach (var matrix in _hidden)
        {
            using Scalar scale = Math.Sqrt(Math.Max(1.0, (double)matrix.Shape[0] / matrix.Shape[1]));
            Parameters.ViewOf(directions, matrix).copy_(Orthogonalize(Parameters.ViewOf(steps, matrix)).mul(scale));
        }

        if (_options.WeightDecay > 0)
            Decay(learningRate * _options.WeightDecay, _rates);
        Move(directions, learningRate);
    }

    private Tensor Orthogonalize(Tensor matrix)
    {
        bool isTall = matrix.shape[0] > matrix.shape[1];
        var x = isTall ? matrix.t() : matrix;
        x = x / x.norm().add_(_tiny);
        for (int step = 0; step < _options.NewtonSchulzSteps; step++)
        {
            var gram = x.mm(x.t());
            x = x.mul(_a).add_(gram.mul(_b).add_(gram.mm(gram), _c).mm(x));
        }
        return isTall ? x.t() : x;
    }
}
