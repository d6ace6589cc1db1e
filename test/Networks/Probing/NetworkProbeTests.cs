using MLExtensions.Networks.Probing;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class NetworkProbeTests
{
    public static IEnumerable<object[]> Layers => NetworkCases.Names;

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void Measure_AnyLayer_IsAsInDoublePrecision(string name)
    {
        // More rows than pass together.
        var problem = NetworkCases.Problem(name, 70, dropout: 0.4f);
        var reference = new ReferenceNetwork(problem.Network, problem.Start);
        double[][] rows = problem.ReferenceRows(problem.AllRows);
        reference.LossAndGradients(rows, outputs => problem.ReferenceLossOf(outputs, problem.AllRows));

        var measured = Probe(problem).Measure(problem.Start, Halved(problem.Start));

        foreach (var layer in measured)
        {
            var tensors = problem.Start.Layout.Tensors.Where(tensor => tensor.IsTrained && tensor.LayerIndex == layer.Layer).ToList();
            double[] gradients = [.. tensors.SelectMany(tensor => reference.Gradients[tensor.Name])];
            double[] outputs = [.. reference.Forward(rows, training: true, until: layer.Layer + 1).SelectMany(row => row)];
            double mean = outputs.Average();
            if (tensors.Count > 0)
            {
                // What is 0 but for rounding is a bias before normalization, which stands beside weights.
                layer.GradientNorm.Should().BeApproximately(Norm(gradients), 1e-4 * Norm(gradients), layer.Name);
                layer.WeightNorm.Should().BeApproximately(Norm(tensors.SelectMany(tensor => problem.Start[tensor].ToArray()).Select(x => (double)x)), 1e-6);
                layer.UpdateRatio.Should().BeApproximately(1, 1e-6, "weights have doubled");
            }
            else
            {
                (layer.GradientNorm ?? layer.WeightNorm ?? layer.UpdateRatio).Should().BeNull();
            }
            layer.ActivationMean.Should().BeApproximately(mean, 1e-4, layer.Name);
            layer.ActivationDeviation.Should().BeApproximately(Math.Sqrt(outputs.Average(x => (x - mean) * (x - mean))), 1e-4, layer.Name);
        }
        var expected = problem.Network.Layers.Index().Where(item => item.Item is ActivationLayer or MaxoutLayer || problem.Start.Layout.Tensors.Any(tensor => tensor.IsTrained && tensor.LayerIndex == item.Index));
        measured.Select(layer => layer.Layer).Should().Equal(expected.Select(item => item.Index));
    }

    [TestMethod]
    public void Measure_Twice_GivesTheSame()
    {
        // The first layer works in the place of the features.
        var problem = new TestProblem(Loss.SquaredError, 70, 5, 3,
        [
            new ActivationLayer(Activation.Tanh), new LinearLayer(5, 9), new BatchNormalizationLayer(9), new ActivationLayer(Activation.Gelu), new DropoutLayer(0.4f), new LinearLayer(9, 3),
        ]);
        var probe = Probe(problem);

        var first = probe.Measure(problem.Start);

        probe.Measure(Halved(problem.Start)).Should().NotEqual(first);
        probe.Measure(problem.Start).Should().Equal(first);
    }

    [TestMethod]
    [DataRow("relu", 0.25)]
    [DataRow("gelu", 0.25)]
    [DataRow("silu", 0.25)]
    [DataRow("softplus", 0.25)]
    [DataRow("elu", 0.25)]
    [DataRow("leaky-relu", 0)]
    public void Measure_BiasesFarBelowZero_AreDeadUnits(string activation, double share)
    {
        var problem = new TestProblem(Loss.SquaredError, 40, 5, 1, TestProblem.Mlp(5, [8], 1, Cases.Activation(activation)));
        problem.Start["0.bias"][2] = problem.Start["0.bias"][7] = -30;

        var layer = Probe(problem).Measure(problem.Start)[1];

        layer.Name.Should().StartWith("1 ");
        layer.DeadShare.Should().Be(share);
        layer.SaturatedShare.Should().BeNull();
    }

    [TestMethod]
    [DataRow("tanh")]
    [DataRow("sigmoid")]
    public void Measure_BiasesFarFromZero_AreSaturatedUnits(string activation)
    {
        var problem = new TestProblem(Loss.SquaredError, 40, 5, 1, TestProblem.Mlp(5, [8], 1, Cases.Activation(activation)));
        problem.Start["0.bias"][2] = -30;
        problem.Start["0.bias"][4] = 30;

        var layer = Probe(problem).Measure(problem.Start)[1];

        layer.SaturatedShare.Should().Be(0.25);
        layer.DeadShare.Should().BeNull();
    }

    [TestMethod]
    [DataRow(2, 0.5)]
    [DataRow(3, 0)]
    public void Measure_SomeRowsAwayFromTheLimit_CountWhereTheyAreFew(int others, double saturated)
    {
        // One unit sees -9 for all rows but a few, the other 0 always.
        float[] features = [.. Enumerable.Range(0, 40).Select(row => row < others ? 0f : -9f)];
        var data = new DataBlock(40, 1, 1, features, new float[40], null);

        Shares(Activation.Tanh).SaturatedShare.Should().Be(saturated);
        Shares(Activation.Relu).DeadShare.Should().Be(1, "ReLU has no slope at 0");
        Shares(Activation.Elu).DeadShare.Should().Be(0, "0 has a slope there");

        LayerStatistics Shares(Activation activation)
        {
            var network = new NetworkDescription(1, 1, [.. TestProblem.Mlp(1, [2], 1, activation)]);
            var weights = new NetworkWeights(new ParameterLayout(network));
            weights["0.weight"][0] = 1;
            return new NetworkProbe(network, data, [.. Enumerable.Range(0, 40)], Loss.SquaredError).Measure(weights)[1];
        }
    }

    [TestMethod]
    public void Measure_Members_EachHasUnitsOfItsOwn()
    {
        var problem = new TestProblem(Loss.SquaredError, 20, 5, 1,
        [
            new MemberInputLayer(4, 5), new LinearLayer(5, 8), new MemberScalingLayer(4, 8, HasShift: true), new ActivationLayer(Activation.Relu), new MemberOutputLayer(4, 8, 1, EnsembleMean.Values),
        ]);
        problem.Start["2.shift"].Fill(30);
        problem.Start["2.shift"][1 * 8 + 5] = problem.Start["2.shift"][3 * 8 + 5] = -30;

        Probe(problem).Measure(problem.Start).Single(layer => layer.Layer == 3).DeadShare.Should().Be(2 / 32.0);
    }

    [TestMethod]
    public void Measure_WeightsOfZero_HaveNoUpdateRatio()
    {
        var problem = new TestProblem(Loss.SquaredError, 20, 5, 1, TestProblem.Mlp(5, [8], 1, Activation.Relu));

        var layers = Probe(problem).Measure(problem.Start, new NetworkWeights(problem.Start.Layout));

        layers.Should().OnlyContain(layer => layer.UpdateRatio == null);
        Probe(problem).Measure(problem.Start, problem.Start).Where(layer => layer.WeightNorm > 0).Should().OnlyContain(layer => layer.UpdateRatio == 0);
    }

    [TestMethod]
    public void Measure_OwnNetwork_KnowsItsWeightsByModule()
    {
        var network = new NetworkDescription(3, 1,
        [
            new CustomLayer("net", "TorchSharp", 3, 1, [new("encoder.1.weight", ParameterRole.Weight, [1, 2]), new("encoder.1.bias", ParameterRole.CustomValue, [1]), new("scale", ParameterRole.CustomValue, [1]), new("seen", ParameterRole.CustomState, [1])]),
        ]);
        var weights = new NetworkWeights(new ParameterLayout(network));
        float[] values = [2, 3, 6, 5, 9];
        values.CopyTo(weights.Values, 0);

        var layers = new NetworkProbe(network, new DataBlock(1, 3, 1, new float[3], new float[1], null), [0], Loss.SquaredError).Measure(weights);

        layers.Should().Equal(new LayerStatistics(0, "encoder.1") { WeightNorm = 7 }, new LayerStatistics(0, "net") { WeightNorm = 5 });
    }

    [TestMethod]
    [DataRow(10, "2,3,4,5,6,7,8,9,10,11")]
    [DataRow(3, "2,5,8")]
    public void Sample_Rows_LieEquallyFarApart(int count, string expected) =>
        string.Join(',', NetworkProbe.Sample([.. Enumerable.Range(2, 10)], count)).Should().Be(expected);

    private static NetworkProbe Probe(TestProblem problem) =>
        new(problem.Network, problem.Data, problem.AllRows, problem.Loss, problem.Settings().MeanWeight);

    private static NetworkWeights Halved(NetworkWeights weights)
    {
        var halved = weights.Clone();
        foreach (ref float value in halved.Values.AsSpan())
            value /= 2;
        return halved;
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
