using MLExtensions.Networks;
using MLExtensions.Networks.Building;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Trainers.Tests;

[TestClass]
public sealed class UnitVarianceInitializerTests
{
    private static readonly DataBlock s_data = Data(300, 6);

    private static readonly DeepMlpOptions s_options = new()
    {
        NumberEmbedding = null,
        HiddenLayers = [20, 30, 10],
        BiasStart = 0.3f,
        DropoutRate = 0.5f,
        Initializer = new UnitVarianceInitializer { Base = new SmallNormalInitializer(0.001f) },
    };

    [TestMethod]
    [DataRow("relu", false)]
    [DataRow("tanh", false)]
    [DataRow("tanh", true)]
    public void Adapt_DeepNetwork_GivesEveryLayerUnitVariance(string activation, bool normalize)
    {
        var (network, weights) = Start(s_options with { Activation = Cases.Activation(activation), Normalization = normalize ? Normalization.Batch : null });

        foreach (double[] outputs in OutputsOfLinearLayers(network, weights))
            Deviation(outputs).Should().BeApproximately(1, 1e-4);
    }

    [TestMethod]
    public void Adapt_PerUnit_GivesEveryUnitUnitVariance()
    {
        var (network, weights) = Start(s_options with { Activation = Activation.Tanh, Initializer = new UnitVarianceInitializer { PerUnit = true } });

        int layer = 0;
        int[] units = [20, 30, 10, 2];
        foreach (double[] outputs in OutputsOfLinearLayers(network, weights))
        {
            int count = units[layer++];
            for (int unit = 0; unit < count; unit++)
                Deviation([.. outputs.Where((_, i) => i % count == unit)]).Should().BeApproximately(1, 1e-4);
        }
        layer.Should().Be(4);
    }

    [TestMethod]
    public void Adapt_Rows_LooksAtNoMore()
    {
        var options = s_options with { Initializer = new UnitVarianceInitializer { Rows = 10 } };
        var changed = s_data with { Features = new MemoryRows([.. s_data.Features.Array!.Select((value, i) => i < 60 ? value : 5 * value)], s_data.Rows, 6) };

        Start(options, changed).Weights.Values.Should().Equal(Start(options).Weights.Values);
        Start(options with { Initializer = new UnitVarianceInitializer { Rows = 11 } }).Weights.Values.Should().NotEqual(Start(options).Weights.Values);
    }

    [TestMethod]
    public void Adapt_FeaturesConstant_LeavesTheWeightsAsDrawn()
    {
        var options = s_options with { Initializer = new UnitVarianceInitializer { PerUnit = true } };
        var constant = s_data with { Features = new MemoryRows([.. Enumerable.Repeat(1f, s_data.Rows * 6)], s_data.Rows, 6) };

        Start(options, constant).Weights.Values.Should().Equal(Start(options with { Initializer = WeightInitializer.Orthogonal }, constant).Weights.Values);
    }

    [TestMethod]
    public void Adapt_SpreadsBiases_PutsTheZerosOfHiddenUnitsAmidTheData()
    {
        var options = s_options with { Activation = Activation.Relu, Initializer = new UnitVarianceInitializer { PerUnit = true, SpreadsBiases = true } };
        var (network, weights) = Start(options);

        int[] linear = [.. network.Layers.Index().Where(layer => layer.Item is LinearLayer).Select(layer => layer.Index)];
        foreach (var (layer, outputs) in linear.Zip(OutputsOfLinearLayers(network, weights)))
        {
            float[] bias = weights[$"{layer}.bias"].ToArray();
            if (layer == linear[^1])
            {
                bias.Should().OnlyContain(value => value == 0, "that is the output layer");
                continue;
            }

            double[][] units = [.. Enumerable.Range(0, bias.Length).Select(unit => outputs.Where((_, i) => i % bias.Length == unit).ToArray())];
            units.Should().OnlyContain(values => values.Min() < 0 && values.Max() > 0);
            bias.Distinct().Should().HaveCount(bias.Length);
        }

        Start(options).Weights.Values.Should().Equal(weights.Values, "the seed is the same");
        Start(options, seed: 2).Weights.Values.Should().NotEqual(weights.Values);
    }

    [TestMethod]
    public void Adapt_OutputInitializer_LeavesTheOutputLayerToIt()
    {
        var (_, weights) = Start(s_options with { OutputInitializer = WeightInitializer.Zero });

        var output = weights.Layout.Tensors.Last(tensor => tensor.Role == ParameterRole.Weight);
        weights[output].ToArray().Should().OnlyContain(weight => weight == 0);
    }

    [TestMethod]
    public void Fit_DeepSigmoidNetwork_LearnsWhereSmallWeightsDoNot()
    {
        double LossOf(WeightInitializer initializer) => Trainer.Fit(LearningTask.Regression, options => options with
        {
            HiddenLayers = [12, 12, 12, 12],
            Activation = Activation.Tanh,
            NumberOfEpochs = 30,
            Initializer = initializer,
            EarlyStopping = null,
            Optimizer = new SgdOptions { LearningRate = 0.05f },
        }).History.Epochs[^1].TrainingLoss;

        LossOf(WeightInitializer.SmallNormal).Should().BeGreaterThan(0.9, "the signal dies out, and the mean is all there is to learn");
        LossOf(new UnitVarianceInitializer { Base = WeightInitializer.SmallNormal }).Should().BeLessThan(0.2);
    }

    private static (NetworkDescription Network, NetworkWeights Weights) Start(DeepMlpOptions options, DataBlock? data = null, int seed = 1)
    {
        var network = NetworkBuilder.Describe(options, 6, 2);
        var weights = NetworkBuilder.Initialize(network, options, new RandomStream(1, "weights"));
        NetworkBuilder.Adapt(weights, network, options, data ?? s_data, [.. Enumerable.Range(0, s_data.Rows)], new RandomStream(seed, "adapt"));
        return (network, weights);
    }

    /// <summary>By the reference in double precision, dropout left out.</summary>
    private static IEnumerable<double[]> OutputsOfLinearLayers(NetworkDescription network, NetworkWeights weights)
    {
        double[][] values = [.. Enumerable.Range(0, s_data.Rows).Select(row => Array.ConvertAll(s_data.Features.Array![(row * 6)..(row * 6 + 6)], x => (double)x))];
        for (int i = 0; i < network.Layers.Count; i++)
        {
            if (network.Layers[i] is LinearLayer linear)
            {
                float[] matrix = weights[$"{i}.weight"].ToArray(), bias = weights[$"{i}.bias"].ToArray();
                values = Array.ConvertAll(values, x => Enumerable.Range(0, linear.Outputs)
                    .Select(unit => bias[unit] + x.Select((value, k) => value * matrix[unit * linear.Inputs + k]).Sum()).ToArray());
                yield return [.. values.SelectMany(row => row)];
            }
            else if (network.Layers[i] is ActivationLayer { Activation: var activation })
            {
                values = Array.ConvertAll(values, x => Array.ConvertAll(x, value => activation is TanhActivation ? Math.Tanh(value) : Math.Max(0, value)));
            }
        }
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static DataBlock Data(int rows, int features)
    {
        var random = new RandomStream(3, "data");
        return new DataBlock(rows, features, 1, [.. Enumerable.Range(0, rows * features).Select(_ => (float)(1 + 3 * random.NextNormal()))], new float[rows], null);
    }
}
