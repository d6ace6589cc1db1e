using MLExtensions.Trainers.Network;

namespace MLExtensions.Trainers.Tests;

/// <summary>The optimizers one parameter at a time, as their options define them.</summary>
internal sealed class ReferenceOptimizer(OptimizerOptions options, double l1 = 0, double l2 = 0)
{
    private readonly Dictionary<string, State[]> _states = [];
    private int _steps;

    public void Step(ReferenceNetwork network, double rate)
    {
        _steps++;
        foreach (ParameterTensor tensor in network.Layout.Tensors.Where(t => t.IsTrained))
        {
            double[] values = network.Parameters[tensor.Name];
            double[] gradients = network.Gradients[tensor.Name];
            bool isWeight = tensor.Role == ParameterRole.Weight;
            if (!_states.TryGetValue(tensor.Name, out State[]? states))
                _states[tensor.Name] = states = [.. values.Select(_ => new State())];
            for (int i = 0; i < values.Length; i++)
                values[i] = Step(values[i], gradients[i], states[i], isWeight, rate);
        }
    }

    private double Step(double w, double g, State state, bool isWeight, double rate)
    {
        if (isWeight)
            g += l1 * Math.Sign(w) + l2 * w;

        switch (options)
        {
            case SgdOptions sgd:
                state.Velocity = sgd.Momentum * state.Velocity + g;
                return w - rate * (sgd.Nesterov ? g + sgd.Momentum * state.Velocity : state.Velocity);
            case AdamOptions adam:
                return w - rate * AdamStep(g, state, adam.Beta1, adam.Beta2, adam.Epsilon);
            case AdamWOptions adam:
                double shrunk = isWeight ? w * (1 - rate * adam.WeightDecay) : w;
                return shrunk - rate * AdamStep(g, state, adam.Beta1, adam.Beta2, adam.Epsilon);
            case RmsPropOptions rms:
                state.Square = rms.Alpha * state.Square + (1 - (double)rms.Alpha) * g * g;
                state.Mean = rms.Alpha * state.Mean + (1 - (double)rms.Alpha) * g;
                double variance = rms.Centered ? Math.Max(0, state.Square - state.Mean * state.Mean) : state.Square;
                state.Velocity = rms.Momentum * state.Velocity + g / (Math.Sqrt(variance) + rms.Epsilon);
                return w - rate * state.Velocity;
            default:
                throw new NotSupportedException();
        }
    }

    private double AdamStep(double g, State state, double beta1, double beta2, double epsilon)
    {
        state.Mean = beta1 * state.Mean + (1 - beta1) * g;
        state.Square = beta2 * state.Square + (1 - beta2) * g * g;
        double mean = state.Mean / (1 - Math.Pow(beta1, _steps));
        double square = state.Square / (1 - Math.Pow(beta2, _steps));
        return mean / (Math.Sqrt(square) + epsilon);
    }

    private sealed class State
    {
        public double Mean;
        public double Square;
        public double Velocity;
    }
}
