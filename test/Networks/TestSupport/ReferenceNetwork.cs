namespace MLExtensions.Networks.Tests;

/// <summary>
/// The same networks in plain scalar double precision, written for reading: what the engine is held against.
/// </summary>
internal sealed class ReferenceNetwork
{
    private readonly List<ReferenceLayer> _layers = [];

    public ReferenceNetwork(NetworkDescription network, NetworkWeights weights)
    {
        Layout = weights.Layout;
        foreach (ParameterTensor tensor in Layout.Tensors)
        {
            Parameters[tensor.Name] = Array.ConvertAll(weights[tensor].ToArray(), w => (double)w);
            Gradients[tensor.Name] = new double[tensor.Length];
        }

        for (int i = 0; i < network.Layers.Count; i++)
        {
            _layers.Add(network.Layers[i] switch
            {
                LinearLayer layer => new ReferenceLinear(layer, i, this),
                BatchNormalizationLayer layer => new ReferenceBatchNormalization(layer, i, this),
                LayerNormalizationLayer layer => new ReferenceLayerNormalization(layer, i, this),
                MixedActivationLayer layer => new ReferenceMixed(layer, i, this),
                PReluLayer layer => new ReferencePRelu(layer, i, this),
                OneHotLayer layer => new ReferenceOneHot(layer.Layout),
                EmbeddingLayer layer => new ReferenceEmbedding(layer, i, this),
                ScalingLayer layer => new ReferenceScaling(layer, i, this),
                MaxoutLayer layer => new ReferenceMaxout(layer),
                ActivationLayer layer => new ReferenceActivation(layer.Activation),
                MemberInputLayer layer => new ReferenceMemberInput(layer, i, this),
                MemberScalingLayer layer => new ReferenceMemberScaling(layer, i, this),
                MemberOutputLayer layer => new ReferenceMemberOutput(layer, i, this),
                DropoutLayer => new ReferenceDropout(i, this),
                _ => throw new NotSupportedException(),
            });
        }
    }

    public ParameterLayout Layout { get; }

    /// <summary>The values of a tensor, or as many of one number where the layer does not learn it.</summary>
    public double[] ParameterOr(string name, double otherwise, int count) =>
        Parameters.GetValueOrDefault(name) ?? [.. Enumerable.Repeat(otherwise, count)];

    /// <summary>Keeps a gradient where there is a tensor for it.</summary>
    public void KeepGradient(string name, double[] gradient)
    {
        if (Gradients.ContainsKey(name))
            gradient.CopyTo(Gradients[name], 0);
    }

    public Dictionary<string, double[]> Parameters { get; } = [];

    public Dictionary<string, double[]> Gradients { get; } = [];

    /// <summary>The factor of each value in dropout: layer, row, unit.</summary>
    public Func<int, int, int, double> DropoutFactor { get; set; } = (_, _, _) => 1;

    /// <summary>The factor of each weight in DropConnect: layer, output, input.</summary>
    public Func<int, int, int, double> DropConnectFactor { get; set; } = (_, _, _) => 1;

    /// <summary>The outputs of rows; or those of some of the layers, for what comes into the first of them.</summary>
    public double[][] Forward(double[][] rows, bool training, int from = 0, int? until = null)
    {
        for (int i = from; i < (until ?? _layers.Count); i++)
            rows = _layers[i].Forward(rows, training);
        return rows;
    }

    public void Backward(double[][] gradients)
    {
        for (int i = _layers.Count - 1; i >= 0; i--)
            gradients = _layers[i].Backward(gradients);
    }

    /// <summary>Forward, loss and backward.</summary>
    public double LossAndGradients(double[][] rows, Func<double[][], (double Loss, double[][] Gradients)> loss)
    {
        (double value, double[][] gradients) = loss(Forward(rows, training: true));
        Backward(gradients);
        return value;
    }
}

internal abstract class ReferenceLayer
{
    public abstract double[][] Forward(double[][] rows, bool training);

    public abstract double[][] Backward(double[][] gradients);
}

internal sealed class ReferenceLinear(LinearLayer layer, int index, ReferenceNetwork network) : ReferenceLayer
{
    private double[][] _rows = [];

    public override double[][] Forward(double[][] rows, bool training)
    {
        _rows = rows;
        double[] w = Weights(training);
        double[] b = network.Parameters[$"{index}.bias"];
        return Array.ConvertAll(rows, x => Enumerable.Range(0, layer.Outputs)
            .Select(o => b[o] + x.Select((value, i) => value * w[o * layer.Inputs + i]).Sum()).ToArray());
    }

    public override double[][] Backward(double[][] gradients)
    {
        double[] w = Weights(training: true);
        double[] dw = network.Gradients[$"{index}.weight"];
        double[] db = network.Gradients[$"{index}.bias"];
        Array.Clear(dw);
        Array.Clear(db);
        var dx = Array.ConvertAll(gradients, _ => new double[layer.Inputs]);
        for (int row = 0; row < gradients.Length; row++)
        {
            for (int o = 0; o < layer.Outputs; o++)
            {
                double g = gradients[row][o];
                db[o] += g;
                for (int i = 0; i < layer.Inputs; i++)
                {
                    dw[o * layer.Inputs + i] += g * _rows[row][i] * Factor(o, i);
                    dx[row][i] += g * w[o * layer.Inputs + i];
                }
            }
        }

        return dx;
    }

    private double[] Weights(bool training) =>
        [.. network.Parameters[$"{index}.weight"].Select((w, at) => training ? w * Factor(at / layer.Inputs, at % layer.Inputs) : w)];

    private double Factor(int output, int input) => layer.DropConnectRate > 0 ? network.DropConnectFactor(index, output, input) : 1;
}

internal sealed class ReferenceBatchNormalization(BatchNormalizationLayer layer, int index, ReferenceNetwork network)
    : ReferenceLayer
{
    private double[][] _normalized = [];
    private double[] _deviations = [];

    public override double[][] Forward(double[][] rows, bool training)
    {
        int n = rows.Length;
        double[] gamma = network.ParameterOr($"{index}.weight", 1, layer.Size);
        double[] beta = network.ParameterOr($"{index}.bias", 0, layer.Size);
        double[] runningMean = network.Parameters[$"{index}.running_mean"];
        double[] runningVariance = network.Parameters[$"{index}.running_var"];
        double[] mean = [.. runningMean];
        double[] variance = [.. runningVariance];
        if (training)
        {
            for (int i = 0; i < layer.Size; i++)
            {
                mean[i] = rows.Average(row => row[i]);
                variance[i] = rows.Average(row => Math.Pow(row[i] - mean[i], 2));
                double unbiased = n > 1 ? variance[i] * n / (n - 1) : variance[i];
                runningMean[i] += layer.Momentum * (mean[i] - runningMean[i]);
                runningVariance[i] += layer.Momentum * (unbiased - runningVariance[i]);
            }
        }

        _deviations = Array.ConvertAll(variance, v => Math.Sqrt(v + layer.Epsilon));
        _normalized = Array.ConvertAll(rows, row => row.Select((x, i) => (x - mean[i]) / _deviations[i]).ToArray());
        return Array.ConvertAll(_normalized, row => row.Select((x, i) => gamma[i] * x + beta[i]).ToArray());
    }

    public override double[][] Backward(double[][] gradients)
    {
        double[] gamma = network.ParameterOr($"{index}.weight", 1, layer.Size);
        double[] dGamma = new double[layer.Size];
        double[] dBeta = new double[layer.Size];
        int n = gradients.Length;
        for (int i = 0; i < layer.Size; i++)
        {
            dBeta[i] = gradients.Sum(row => row[i]);
            dGamma[i] = gradients.Select((row, r) => row[i] * _normalized[r][i]).Sum();
        }

        network.KeepGradient($"{index}.weight", dGamma);
        network.KeepGradient($"{index}.bias", dBeta);
        return gradients.Select((row, r) => row.Select((g, i) =>
            gamma[i] / _deviations[i] * (g - dBeta[i] / n - _normalized[r][i] * dGamma[i] / n)).ToArray()).ToArray();
    }
}

internal sealed class ReferenceLayerNormalization(LayerNormalizationLayer layer, int index, ReferenceNetwork network) : ReferenceLayer
{
    private double[][] _normalized = [];
    private double[] _deviations = [];

    public override double[][] Forward(double[][] rows, bool training)
    {
        double[] gamma = network.ParameterOr($"{index}.weight", 1, layer.Size);
        double[] beta = network.ParameterOr($"{index}.bias", 0, layer.Size);
        double[] means = Array.ConvertAll(rows, row => row.Average());
        _deviations = rows.Select((row, r) => Math.Sqrt(row.Average(x => Math.Pow(x - means[r], 2)) + layer.Epsilon)).ToArray();
        _normalized = rows.Select((row, r) => row.Select(x => (x - means[r]) / _deviations[r]).ToArray()).ToArray();
        return Array.ConvertAll(_normalized, row => row.Select((x, i) => gamma[i] * x + beta[i]).ToArray());
    }

    public override double[][] Backward(double[][] gradients)
    {
        double[] gamma = network.ParameterOr($"{index}.weight", 1, layer.Size);
        network.KeepGradient($"{index}.bias", [.. gamma.Select((_, i) => gradients.Sum(row => row[i]))]);
        network.KeepGradient($"{index}.weight", [.. gamma.Select((_, i) => gradients.Select((row, r) => row[i] * _normalized[r][i]).Sum())]);
        return gradients.Select((row, r) =>
        {
            double[] scaled = [.. row.Select((g, i) => g * gamma[i])];
            double mean = scaled.Average();
            double slope = scaled.Zip(_normalized[r], (g, x) => g * x).Average();
            return scaled.Select((g, i) => (g - mean - _normalized[r][i] * slope) / _deviations[r]).ToArray();
        }).ToArray();
    }
}

internal sealed class ReferencePRelu(PReluLayer layer, int index, ReferenceNetwork network) : ReferenceLayer
{
    private double[][] _rows = [];

    public override double[][] Forward(double[][] rows, bool training)
    {
        _rows = rows;
        return Array.ConvertAll(rows, row => row.Select((x, i) => x > 0 ? x : Slope(i) * x).ToArray());
    }

    public override double[][] Backward(double[][] gradients)
    {
        double[] slopeGradients = network.Gradients[$"{index}.weight"];
        Array.Clear(slopeGradients);
        for (int row = 0; row < gradients.Length; row++)
        {
            for (int i = 0; i < layer.Size; i++)
                slopeGradients[layer.PerUnit ? i : 0] += _rows[row][i] > 0 ? 0 : gradients[row][i] * _rows[row][i];
        }

        return gradients.Select((row, r) => row.Select((g, i) => _rows[r][i] > 0 ? g : g * Slope(i)).ToArray()).ToArray();
    }

    private double Slope(int unit) => network.Parameters[$"{index}.weight"][layer.PerUnit ? unit : 0];
}

internal sealed class ReferenceMixed(MixedActivationLayer layer, int index, ReferenceNetwork network) : ReferenceLayer
{
    private double[][] _rows = [];

    private double[] Shares => network.Parameters[$"{index}.weight"];

    public override double[][] Forward(double[][] rows, bool training)
    {
        _rows = rows;
        return Array.ConvertAll(rows, row => row.Select((x, i) => (1 - Shares[i]) * x + Shares[i] * ReferenceMath.Activate(layer.Inner, x)).ToArray());
    }

    public override double[][] Backward(double[][] gradients)
    {
        for (int i = 0; i < layer.Size; i++)
            network.Gradients[$"{index}.weight"][i] = gradients.Select((row, r) => row[i] * (ReferenceMath.Activate(layer.Inner, _rows[r][i]) - _rows[r][i])).Sum();
        return gradients.Select((row, r) => row.Select((g, i) => g * (1 - Shares[i] + Shares[i] * ReferenceMath.Derivative(layer.Inner, _rows[r][i]))).ToArray()).ToArray();
    }
}

internal sealed class ReferenceScaling(ScalingLayer layer, int index, ReferenceNetwork network) : ReferenceLayer
{
    private double[][] _rows = [];

    private double[] Factors => network.Parameters[$"{index}.weight"];

    public override double[][] Forward(double[][] rows, bool training)
    {
        _rows = rows;
        return Array.ConvertAll(rows, Scale);
    }

    public override double[][] Backward(double[][] gradients)
    {
        for (int i = 0; i < layer.Size; i++)
            network.Gradients[$"{index}.weight"][i] = gradients.Select((row, r) => row[i] * _rows[r][i]).Sum();
        return Array.ConvertAll(gradients, Scale);
    }

    private double[] Scale(double[] row) => [.. row.Select((x, i) => x * Factors[i])];
}

internal sealed class ReferenceOneHot(RowLayout layout) : ReferenceLayer
{
    public override double[][] Forward(double[][] rows, bool training) => Array.ConvertAll(rows, row => row.SelectMany(Encode).ToArray());

    // The first layer: nobody asks for the gradient of its input.
    public override double[][] Backward(double[][] gradients) => [];

    private double[] Encode(double value, int slot) => layout.Categories.Any(category => category.Slot == slot)
        ? [.. Enumerable.Range(0, layout.Categories.Single(category => category.Slot == slot).Count).Select(index => index == value ? 1.0 : 0)]
        : [value];
}

internal sealed class ReferenceMaxout(MaxoutLayer layer) : ReferenceLayer
{
    private double[][] _rows = [];

    public override double[][] Forward(double[][] rows, bool training)
    {
        _rows = rows;
        return Array.ConvertAll(rows, row => Enumerable.Range(0, layer.Units).Select(unit => row[Winner(row, unit)]).ToArray());
    }

    public override double[][] Backward(double[][] gradients) => gradients.Select((row, r) => Enumerable.Range(0, layer.Units * layer.Pieces)
        .Select(i => Winner(_rows[r], i % layer.Units) == i ? row[i % layer.Units] : 0).ToArray()).ToArray();

    private int Winner(double[] row, int unit) => Enumerable.Range(0, layer.Pieces).Select(piece => piece * layer.Units + unit).MaxBy(i => row[i]);
}

internal sealed class ReferenceActivation(Activation activation) : ReferenceLayer
{
    private double[][] _rows = [];

    public override double[][] Forward(double[][] rows, bool training)
    {
        _rows = rows;
        return Array.ConvertAll(rows, row => Array.ConvertAll(row, x => ReferenceMath.Activate(activation, x)));
    }

    public override double[][] Backward(double[][] gradients) => gradients.Select((row, r) =>
        row.Select((g, i) => g * ReferenceMath.Derivative(activation, _rows[r][i])).ToArray()).ToArray();
}

internal sealed class ReferenceDropout(int index, ReferenceNetwork network) : ReferenceLayer
{
    public override double[][] Forward(double[][] rows, bool training) => training ? Apply(rows) : rows;

    public override double[][] Backward(double[][] gradients) => Apply(gradients);

    private double[][] Apply(double[][] rows) => rows.Select((row, r) =>
        row.Select((x, i) => x * network.DropoutFactor(index, r, i)).ToArray()).ToArray();
}
