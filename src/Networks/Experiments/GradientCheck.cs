namespace MLExtensions.Networks.Experiments;

/// <summary>
/// Gradients as the engine computes them, with penalties and without dropout, against how the loss and the penalties change along them: for each
/// tensor the slope along its own gradient. Taken in single precision and across the kinks of ReLUs, the two agree to a few parts in a thousand.
/// </summary>
internal sealed class GradientCheck
{
    private const int MostRows = 64;

    // Of the norm of the weights: too small a step drowns in rounding, too large a one in curvature and kinks. The best counts.
    private static readonly double[] s_steps = [0.1, 0.03, 0.01, 0.003];

    // Of a loss in single precision, relatively.
    private const double Rounding = 1e-6;

    private readonly TrainingPlan _plan;
    private readonly int[] _rows;
    private readonly StepSettings _step = new(LearningRate: 1, DropoutFactor: 0, WeightDecayFactor: 1);

    private GradientCheck(TrainingPlan plan) => (_plan, _rows) = (plan, [.. plan.Split.Training.Take(MostRows)]);

    /// <summary>‖numerical - analytic‖ / (‖numerical‖ + ‖analytic‖) over the tensors; 0 where both are 0.</summary>
    /// <param name="plan">The training.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="start">The weights to take gradients at.</param>
    /// <remarks>Li, Karpathy, "CS231n", Neural networks part 3, gradient checks: above 0.01 the gradient is usually wrong.</remarks>
    public static double Run(TrainingPlan plan, IMlpEngine engine, NetworkWeights start) => new GradientCheck(plan).Compare(engine, start);

    private double Compare(IMlpEngine engine, NetworkWeights start)
    {
        var recorder = new Recorder(start.Layout);
        using var session = engine.Open(_plan.Network, _plan.Data, new EngineSettings
        {
            Loss = _plan.Evaluator.Loss,
            Optimizer = new CustomOptimizerOptions(_ => recorder),
            L1 = _plan.Options.L1Regularization,
            L2 = _plan.Options.L2Regularization,
            MaximumBatchRows = _rows.Length,
            MeanWeight = _plan.Data.WeightOf(_rows) / _rows.Length,
            Seed = _plan.Seed,
            Update = new UpdateSettings { PenalizesAll = _plan.Options.PenalizeAllParameters },
        });
        var groups = new ParameterGroups(start.Layout, new UpdateSettings { PenalizesAll = _plan.Options.PenalizeAllParameters });
        double loss = LossAt(start);
        float[] gradient = [.. recorder.Gradient];
        double difference = 0, size = 0, otherSize = 0;
        foreach (var tensor in start.Layout.Tensors.Where(tensor => tensor.IsTrained))
        {
            double norm = Norm(gradient.AsSpan(tensor.Offset, tensor.Length));
            if (!(norm > 0))
                continue;
            double slope = SlopeAlong(tensor, norm, out double away);
            difference += away * away;
            size += norm * norm;
            otherSize += slope * slope;
        }
        return size > 0 ? Math.Sqrt(difference) / (Math.Sqrt(size) + Math.Sqrt(otherSize)) : 0;

        // How far away the slope is, beyond what is rounding.
        double SlopeAlong(ParameterTensor tensor, double norm, out double away)
        {
            double scale = Math.Max(Norm(start[tensor]), 0.1 * Math.Sqrt(tensor.Length));
            var slopes = s_steps.Select(step => (Value: Slope(step * scale), Noise: Rounding * Math.Abs(loss) / (2 * step * scale)));
            var (best, least) = slopes.Select(slope => (slope.Value, Away: Math.Max(0, Math.Abs(slope.Value - norm) - slope.Noise))).MinBy(slope => slope.Away);
            away = least;
            return best;

            double Slope(double length)
            {
                double up = LossAt(Moved(tensor, length / norm)), down = LossAt(Moved(tensor, -length / norm));
                return (up - down) / (2 * length);
            }
        }

        NetworkWeights Moved(ParameterTensor tensor, double factor)
        {
            var moved = start.Clone();
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Length; i++)
                moved.Values[i] += (float)(factor * gradient[i]);
            return moved;
        }

        double LossAt(NetworkWeights weights)
        {
            session.SetWeights(weights);
            double loss = session.Step(_rows, _step);
            foreach (var tensor in weights.Layout.Tensors.Where(tensor => tensor.IsTrained && groups[tensor.LayerIndex, tensor.Role].IsPenalized))
            {
                foreach (float weight in weights[tensor])
                    loss += _plan.Options.L1Regularization * Math.Abs((double)weight) + 0.5 * _plan.Options.L2Regularization * weight * (double)weight;
            }
            return loss;
        }
    }

    private static double Norm(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += (double)value * value;
        return Math.Sqrt(sum);
    }

    /// <summary>Keeps the gradient, and leaves the weights.</summary>
    private sealed class Recorder(ParameterLayout layout) : IOptimizer
    {
        public float[] Gradient { get; } = new float[layout.Length];

        public void Update(ParameterTensor tensor, Span<float> weights, ReadOnlySpan<float> gradients, float learningRate, int step) =>
            gradients.CopyTo(Gradient.AsSpan(tensor.Offset));

        public void Exchange(StateExchange state)
        {
        }
    }
}
