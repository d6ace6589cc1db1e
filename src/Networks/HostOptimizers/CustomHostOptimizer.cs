namespace MLExtensions.Networks.HostOptimizers;

/// <summary>Calls an <see cref="IOptimizer"/> for each tensor.</summary>
internal sealed class CustomHostOptimizer(CustomOptimizerOptions options, NetworkDescription network, EngineSettings settings)
    : HostOptimizer(network, settings)
{
    private readonly IOptimizer _optimizer = options.Create(new ParameterLayout(network))
        ?? throw new InvalidOperationException("CustomOptimizerOptions.Create gave no optimizer.");

    private int _steps;

    public override double Step(IHostStepTarget target, ReadOnlySpan<int> rows, in StepSettings settings)
    {
        if (target.ComputeGradients(rows, settings, Gradients) is not { } loss)
            return 0;

        target.GetWeights(Weights);
        Clip();
        AddPenalties(settings.WeightDecayFactor);
        _steps++;
        foreach (var (tensor, group) in Tensors)
            _optimizer.Update(tensor, Weights[tensor], Gradients[tensor], settings.LearningRate * group.RateFactor, _steps);
        target.SetWeights(Weights);
        target.FinishStep();
        return loss;
    }

    public override void Exchange(StateExchange state)
    {
        state.Number("steps", ref _steps);
        _optimizer.Exchange(state);
    }

    private void Clip()
    {
        var gradients = Gradients.Values.AsSpan(0, Gradients.Layout.TrainedLength);
        if (Settings.Update.ClipValue is { } limit)
        {
            foreach (ref float value in gradients)
                value = Math.Clamp(value, -limit, limit);
        }
        if (Settings.Update.ClipNorm is { } norm)
        {
            double sum = 0;
            foreach (float value in gradients)
                sum += (double)value * value;
            float scale = (float)Math.Min(1, norm / (Math.Sqrt(sum) + 1e-6));
            foreach (ref float value in gradients)
                value *= scale;
        }
    }
}
