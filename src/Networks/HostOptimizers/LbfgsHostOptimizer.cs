namespace MLExtensions.Networks.HostOptimizers;

/// <summary>Runs <see cref="Lbfgs"/> on the loss of a session, penalties included.</summary>
internal sealed class LbfgsHostOptimizer : HostOptimizer
{
    private readonly Lbfgs _lbfgs;
    private readonly double[] _point;
    private IHostStepTarget? _target;
    private StepSettings _settings;
    private int[] _rows = [];
    private double? _firstLoss;

    public LbfgsHostOptimizer(LbfgsOptions options, NetworkDescription network, EngineSettings settings)
        : base(network, settings)
    {
        bool isRandom = settings.InputNoise > 0 || settings.Mixing is not null || settings.Update.WeightNoise > 0
            || network.Layers.Any(layer => layer.IsRandom);
        if (isRandom)
        {
            throw new NotSupportedException(
                "LbfgsOptions cannot train with dropout, noise or mixed rows: its line search compares losses of the same function, and these give another one each time.");
        }

        _point = new double[Weights.Layout.TrainedLength];
        _lbfgs = new Lbfgs(options, _point.Length, Evaluate);
    }

    public override double Step(IHostStepTarget target, ReadOnlySpan<int> rows, in StepSettings settings)
    {
        (_target, _settings, _firstLoss) = (target, settings, null);
        if (!rows.SequenceEqual(_rows))
            _rows = rows.ToArray();
        target.GetWeights(Weights);
        for (int i = 0; i < _point.Length; i++)
            _point[i] = Weights.Values[i];

        _lbfgs.Step(_point, settings.LearningRate);
        if (_firstLoss is null)
            return 0;

        // The line search may have ended at another point than that of its last evaluation.
        SetWeights(_point);
        target.FinishStep();
        return _firstLoss.Value;
    }

    public override void Exchange(StateExchange state) => _lbfgs.Exchange(state);

    private double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        SetWeights(point);
        if (_target!.ComputeGradients(_rows, _settings, Gradients) is not { } loss)
        {
            gradient.Clear();
            return 0;
        }

        _firstLoss ??= loss;
        double penalties = AddPenalties(_settings.WeightDecayFactor);
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = Gradients.Values[i];
        return loss + penalties;
    }

    private void SetWeights(ReadOnlySpan<double> point)
    {
        // Running statistics stay those of the session.
        _target!.GetWeights(Weights);
        for (int i = 0; i < point.Length; i++)
            Weights.Values[i] = (float)point[i];
        _target.SetWeights(Weights);
    }
}
