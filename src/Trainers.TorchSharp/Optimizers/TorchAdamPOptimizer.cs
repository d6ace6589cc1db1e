namespace MLExtensions.Trainers.TorchSharp.Optimizers;

/// <summary>The steps of <see cref="AdamPOptions"/>. What is decided stays on the device, so that a GPU need not be waited for.</summary>
internal sealed class TorchAdamPOptimizer : TorchOptimizer
{
    private readonly AdamPOptions _options;
    private readonly Scalar _epsilon;
    private readonly TorchMoments _moments;
    private readonly ParameterTensor[] _matrices;

    public TorchAdamPOptimizer(AdamPOptions options, TorchUpdateContext context)
        : base(context)
    {
        _options = options;
        _epsilon = Constant(options.Epsilon);
        _moments = Moments(options.Beta1, options.Beta2);
        // The output layers of members are several matrices in one tensor: they take Adam's steps.
        bool hasMembers = context.Parameters.Trained.Any(tensor => tensor.Role == ParameterRole.MemberScale);
        _matrices = [.. context.Parameters.Trained.Where(tensor => tensor.Role == ParameterRole.Weight && (!hasMembers || tensor.Shape.Count == 2))];
    }

    protected override void Update(float learningRate)
    {
        var gradients = Parameters.Gradients;
        _moments.Take(gradients);
        using Scalar rootScale = 1 / Math.Sqrt(1 - Math.Pow(_options.Beta2, Steps));
        using Scalar correction = 1 / (1 - Math.Pow(_options.Beta1, Steps));
        var mean = _options.Nesterov ? _moments.Mean.mul(_moments.MeanDecay).add_(gradients, _moments.MeanShare) : _moments.Mean;
        var directions = mean.mul(correction).div_(_moments.Square.sqrt().mul_(rootScale).add_(_epsilon));

        var decays = ones_like(directions);
        foreach (var matrix in _matrices)
            Project(matrix, directions, decays);
        if (_options.WeightDecay > 0)
            Decay(learningRate * _options.WeightDecay, decays);
        Move(directions, learningRate);
    }

    private void Project(ParameterTensor matrix, Tensor directions, Tensor decays)
    {
        // Tensors of more dimensions, which a network of the application's own may have, are matrices of as many rows.
        Tensor Of(Tensor flat) => Parameters.ViewOf(flat, matrix).view(matrix.Shape[0], -1);
        var (weights, gradients, direction) = (Of(Parameters.Values), Of(Parameters.Gradients), Of(directions));
        double outputs = matrix.Shape[0], inputs = matrix.Length / outputs;

        var weightSquares = weights.square().sum(1, keepdim: true);
        var gradientSquares = gradients.square().sum(1, keepdim: true);
        var products = gradients.mul(weights).sum(1, keepdim: true);
        var steps = direction.mul(weights).sum(1, keepdim: true);

        var byUnit = Cosine(products, gradientSquares, weightSquares).max().lt(_options.Delta / Math.Sqrt(inputs));
        var whole = Cosine(products.sum(), gradientSquares.sum(), weightSquares.sum()).lt(_options.Delta / Math.Sqrt(inputs * outputs));
        var nothing = zeros_like(steps);
        var wholeShare = where(whole, Share(steps.sum(), weightSquares.sum()) + nothing, nothing);
        direction.sub_(where(byUnit, Share(steps, weightSquares), wholeShare) * weights);

        var unchanged = ones_like(direction);
        Of(decays).copy_(where(byUnit.logical_or(whole), unchanged * _options.DecayRatio, unchanged));
    }

    private Tensor Cosine(Tensor product, Tensor left, Tensor right) =>
        product.abs() / left.sqrt().add_(_epsilon) / right.sqrt().add_(_epsilon);

    private Tensor Share(Tensor product, Tensor squared) => product / squared.sqrt().add_(_epsilon).square();
}
