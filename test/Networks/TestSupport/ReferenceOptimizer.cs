namespace MLExtensions.Networks.Tests;

/// <summary>The optimizers one parameter at a time, as their options define them.</summary>
internal sealed class ReferenceOptimizer(OptimizerOptions options, double l1 = 0, double l2 = 0, UpdateSettings? update = null)
{
    private readonly Dictionary<string, State[]> _states = [];
    private int _steps;

    /// <summary>How many steps of <see cref="AdamPOptions"/> were projected unit by unit, and how many as a whole.</summary>
    public int[] Projections { get; } = [0, 0];

    public void Step(ReferenceNetwork network, double rate)
    {
        _steps++;
        Clip(network);
        foreach (ParameterTensor tensor in network.Layout.Tensors.Where(t => t.IsTrained))
        {
            double[] values = network.Parameters[tensor.Name];
            double[] gradients = network.Gradients[tensor.Name];
            bool isWeight = tensor.Role == ParameterRole.Weight || update is { PenalizesAll: true };
            double tensorRate = rate * FactorOf(tensor, network.Layout);
            if (!_states.TryGetValue(tensor.Name, out State[]? states))
                _states[tensor.Name] = states = [.. values.Select(_ => new State())];
            if (options is AdamPOptions adamP && tensor.Role == ParameterRole.Weight && tensor.Shape.Count == 2)
            {
                AdamPStep(adamP, tensor, values, gradients, states, tensorRate);
                continue;
            }
            if (options is MuonOptions muon && tensor.Role == ParameterRole.Weight && tensor.LayerIndex < network.Layout.Tensors.Last(t => t.Role == ParameterRole.Weight).LayerIndex)
            {
                MuonStep(muon, tensor, values, gradients, states, tensorRate);
                continue;
            }
            for (int i = 0; i < values.Length; i++)
                values[i] = Step(values[i], gradients[i], states[i], isWeight, tensorRate);
        }
        LimitNorms(network);
    }

    private void Clip(ReferenceNetwork network)
    {
        double norm = Math.Sqrt(network.Gradients.Values.Sum(gradient => gradient.Sum(g => g * g)));
        foreach (double[] gradient in network.Gradients.Values)
        {
            for (int i = 0; i < gradient.Length; i++)
            {
                if (update?.ClipNorm is { } longest)
                    gradient[i] *= Math.Min(1, longest / (norm + 1e-6));
                if (update?.ClipValue is { } largest)
                    gradient[i] = Math.Clamp(gradient[i], -largest, largest);
            }
        }
    }

    private void LimitNorms(ReferenceNetwork network)
    {
        var matrices = network.Layout.Tensors.Where(tensor => tensor.Role == ParameterRole.Weight).ToArray();
        foreach (var tensor in update?.MaximumNorm is null ? [] : matrices.SkipLast(1))
        {
            double[] weights = network.Parameters[tensor.Name];
            int inputs = tensor.Shape[1];
            for (int first = 0; first < weights.Length; first += inputs)
            {
                double norm = Math.Sqrt(weights.Skip(first).Take(inputs).Sum(w => w * w));
                for (int i = first; i < first + inputs && norm > update!.MaximumNorm!.Value; i++)
                    weights[i] *= update.MaximumNorm.Value / (norm + 1e-7);
            }
        }
    }

    private double FactorOf(ParameterTensor tensor, ParameterLayout layout)
    {
        if (update is null)
            return 1;

        var linear = layout.Tensors.Where(other => other.Role == ParameterRole.Weight).Select(other => other.LayerIndex).ToArray();
        double kind = tensor.Role switch
        {
            ParameterRole.Weight => update.Factors.Weights,
            ParameterRole.Bias or ParameterRole.MemberShift => update.Factors.Biases,
            ParameterRole.MemberScale => 1,
            ParameterRole.ActivationSlope => update.Factors.ActivationSlopes,
            ParameterRole.InputScale => update.Factors.InputScales,
            ParameterRole.Embedding => update.Factors.Embeddings,
            _ => update.Factors.Normalization,
        };
        return kind * (tensor.LayerIndex == linear[0] ? update.Factors.FirstLayer : 1) * (tensor.LayerIndex == linear[^1] ? update.Factors.LastLayer : 1);
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
                return w - rate * AdamStep(g, state, adam.Beta1, adam.Beta2, adam.Epsilon, adam.AmsGrad, adam.BiasCorrection);
            case AdamWOptions adam:
                double shrunk = isWeight ? w * (1 - rate * adam.WeightDecay) : w;
                return shrunk - rate * AdamStep(g, state, adam.Beta1, adam.Beta2, adam.Epsilon, adam.AmsGrad, adam.BiasCorrection);
            case RmsPropOptions rms:
                state.Square = rms.Alpha * state.Square + (1 - (double)rms.Alpha) * g * g;
                state.Mean = rms.Alpha * state.Mean + (1 - (double)rms.Alpha) * g;
                double variance = rms.Centered ? Math.Max(0, state.Square - state.Mean * state.Mean) : state.Square;
                state.Velocity = rms.Momentum * state.Velocity + g / (Math.Sqrt(variance) + rms.Epsilon);
                return w - rate * state.Velocity;
            case NAdamOptions nadam:
                (double gradientShare, double meanShare) = NesterovShares(nadam);
                double nadamRoot = Math.Sqrt(Square(g, state, nadam.Beta2) / (1 - Math.Pow(nadam.Beta2, _steps))) + nadam.Epsilon;
                return w - rate * (gradientShare * g + meanShare * Mean(g, state, nadam.Beta1)) / nadamRoot;
            case RAdamOptions radam:
                double step = Mean(g, state, radam.Beta1) / (1 - Math.Pow(radam.Beta1, _steps));
                double root = Math.Sqrt(Square(g, state, radam.Beta2)) + radam.Epsilon;
                double power = Math.Pow(radam.Beta2, _steps), longest = 2 / (1 - (double)radam.Beta2) - 1;
                double length = longest - 2 * _steps * power / (1 - power);
                double rectification = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
                return w - rate * (length > 5 ? step * rectification * Math.Sqrt(1 - power) / root : step);
            case AdamaxOptions adamax:
                state.Largest = Math.Max(adamax.Beta2 * state.Largest, Math.Abs(g) + adamax.Epsilon);
                return w - rate / (1 - Math.Pow(adamax.Beta1, _steps)) * Mean(g, state, adamax.Beta1) / state.Largest;
            case AdamPOptions adam:
                double decayed = isWeight ? w * (1 - rate * adam.WeightDecay) : w;
                return decayed - rate * AdamPDirection(adam, g, state);
            case MuonOptions muon:
                rate *= muon.AdamWLearningRate / muon.LearningRate;
                return w * (isWeight ? 1 - rate * muon.WeightDecay : 1) - rate * AdamStep(g, state, muon.Beta1, muon.Beta2, muon.Epsilon, amsGrad: false, isCorrected: true);
            case AdagradOptions adagrad:
                state.Square += (_steps == 1 ? adagrad.InitialAccumulator : 0) + g * g;
                return w - rate / (1 + (_steps - 1) * adagrad.LearningRateDecay) * g / (Math.Sqrt(state.Square) + adagrad.Epsilon);
            case AdadeltaOptions adadelta:
                double direction = g * Math.Sqrt(state.Velocity + adadelta.Epsilon) / Math.Sqrt(Square(g, state, adadelta.Rho) + adadelta.Epsilon);
                state.Velocity = adadelta.Rho * state.Velocity + (1 - (double)adadelta.Rho) * direction * direction;
                return w - rate * direction;
            default:
                throw new NotSupportedException();
        }
    }

    private double AdamStep(double g, State state, double beta1, double beta2, double epsilon, bool amsGrad, bool isCorrected)
    {
        double mean = Mean(g, state, beta1) / (isCorrected ? 1 - Math.Pow(beta1, _steps) : 1);
        state.Largest = Math.Max(state.Largest, Square(g, state, beta2));
        double square = (amsGrad ? state.Largest : state.Square) / (isCorrected ? 1 - Math.Pow(beta2, _steps) : 1);
        return mean / (Math.Sqrt(square) + epsilon);
    }

    private double AdamPDirection(AdamPOptions adam, double g, State state)
    {
        double mean = Mean(g, state, adam.Beta1);
        double root = Math.Sqrt(Square(g, state, adam.Beta2) / (1 - Math.Pow(adam.Beta2, _steps))) + adam.Epsilon;
        return (adam.Nesterov ? adam.Beta1 * mean + (1 - (double)adam.Beta1) * g : mean) / (1 - Math.Pow(adam.Beta1, _steps)) / root;
    }

    // After the released code: units first, then the whole matrix.
    private void AdamPStep(AdamPOptions adam, ParameterTensor tensor, double[] weights, double[] gradients, State[] states, double rate)
    {
        double[] g = [.. gradients.Select((gradient, i) => gradient + l1 * Math.Sign(weights[i]) + l2 * weights[i])];
        double[] direction = [.. g.Select((gradient, i) => AdamPDirection(adam, gradient, states[i]))];
        double share = 1;
        foreach (int length in new[] { tensor.Shape[1], weights.Length })
        {
            double[] Norms(double[] values) => [.. values.Chunk(length).Select(part => Math.Sqrt(part.Sum(x => x * x)) + adam.Epsilon)];
            double[] Products(double[] values) => [.. values.Zip(weights, (x, w) => x * w).Chunk(length).Select(part => part.Sum())];
            double[] norms = Norms(weights), gradientNorms = Norms(g), products = Products(g), steps = Products(direction);
            if (products.Select((product, i) => Math.Abs(product) / norms[i] / gradientNorms[i]).Max() >= adam.Delta / Math.Sqrt(length))
                continue;

            direction = [.. direction.Select((p, i) => p - steps[i / length] / (norms[i / length] * norms[i / length]) * weights[i])];
            share = adam.DecayRatio;
            Projections[length == weights.Length ? 1 : 0]++;
            break;
        }
        for (int i = 0; i < weights.Length; i++)
            weights[i] = weights[i] * (1 - rate * adam.WeightDecay * share) - rate * direction[i];
    }

    private void MuonStep(MuonOptions muon, ParameterTensor tensor, double[] weights, double[] gradients, State[] states, double rate)
    {
        int outputs = tensor.Shape[0], inputs = tensor.Shape[1];
        var steps = new double[outputs, inputs];
        for (int i = 0; i < weights.Length; i++)
        {
            double g = gradients[i] + l1 * Math.Sign(weights[i]) + l2 * weights[i];
            double mean = Mean(g, states[i], muon.Momentum);
            steps[i / inputs, i % inputs] = muon.Nesterov ? g + muon.Momentum * (mean - g) : mean;
        }
        var direction = ReferenceMath.Orthogonalize(steps, muon.NewtonSchulzSteps);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = weights[i] * (1 - rate * muon.WeightDecay)
                - rate * Math.Sqrt(Math.Max(1, (double)outputs / inputs)) * direction[i / inputs, i % inputs];
        }
    }

    private (double Gradient, double Mean) NesterovShares(NAdamOptions options)
    {
        double Momentum(int step) => options.Beta1 * (1 - 0.5 * Math.Pow(0.96, step * options.MomentumDecay));
        double product = Enumerable.Range(1, _steps).Aggregate(1.0, (all, step) => all * Momentum(step));
        return ((1 - Momentum(_steps)) / (1 - product), Momentum(_steps + 1) / (1 - product * Momentum(_steps + 1)));
    }

    private static double Mean(double g, State state, double beta) => state.Mean = beta * state.Mean + (1 - beta) * g;

    private static double Square(double g, State state, double beta) => state.Square = beta * state.Square + (1 - beta) * g * g;

    private sealed class State
    {
        public double Mean;
        public double Square;
        public double Velocity;
        public double Largest;
    }
}
