using MLExtensions.Networks.Building;
using MLExtensions.Networks.Layers;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class MemberLayerTests
{
    private static readonly MlpOptions s_options = new()
    {
        NumberEmbedding = null,
        HiddenLayers = [7, 6],
        DropoutRate = 0.1f,
        BatchEnsemble = new() { Members = 8 },
    };

    [TestMethod]
    public void Describe_BatchEnsemble_HasFactorsAroundSharedLayers()
    {
        NetworkBuilder.Describe(s_options, 4, 2, mean: EnsembleMean.Classes).Layers.Should().Equal(
            new MemberInputLayer(8, 4), new LinearLayer(4, 7), new MemberScalingLayer(8, 7, HasShift: true), new ActivationLayer(Activation.Relu), new DropoutLayer(0.1f),
            new MemberScalingLayer(8, 7), new LinearLayer(7, 6), new MemberScalingLayer(8, 6, HasShift: true), new ActivationLayer(Activation.Relu), new DropoutLayer(0.1f),
            new MemberOutputLayer(8, 6, 2, EnsembleMean.Classes));
        NetworkBuilder.Describe(s_options with { BatchEnsemble = new() { Members = 8, Mini = true } }, 4, 2).Layers.Should().Equal(
            new MemberInputLayer(8, 4), new LinearLayer(4, 7), new ActivationLayer(Activation.Relu), new DropoutLayer(0.1f),
            new LinearLayer(7, 6), new ActivationLayer(Activation.Relu), new DropoutLayer(0.1f), new MemberOutputLayer(8, 6, 2, EnsembleMean.Values));
    }

    [TestMethod]
    public void Initialize_FirstFactors_AreSignsForNumbersAndNormalForEmbeddings()
    {
        var layout = RowLayout.Of([0, 3, 0]);
        float[] plain = FactorsOf(s_options, layout), embedded = FactorsOf(s_options with { NumberEmbedding = new LinearEmbedding { Dimension = 4 } }, layout);

        plain.Should().HaveCount(8 * 5).And.OnlyContain(factor => factor == 1 || factor == -1).And.Contain(1).And.Contain(-1);
        plain.Chunk(5).Should().OnlyContain(row => row[1] == row[2] && row[2] == row[3], "the three values of a category have one factor");
        embedded.Should().HaveCount(8 * 11);
        embedded.Distinct().Should().HaveCount(8 * 3, "each member has one for each feature");
        embedded.Chunk(11).Should().OnlyContain(row => row.Take(4).Distinct().Count() == 1 && row.Skip(4).Take(3).Distinct().Count() == 1 && row.Skip(7).Distinct().Count() == 1);
    }

    [TestMethod]
    public void Initialize_OutputsOfMembers_AreDrawnOneByOne()
    {
        var options = s_options with { BatchEnsemble = new() { Members = 3 }, OutputInitializer = WeightInitializer.Orthogonal };
        var network = NetworkBuilder.Describe(options, 4, 2);
        var weights = NetworkBuilder.Initialize(network, options, new RandomStream(1, "weights"));

        foreach (float[] matrix in weights[$"{network.Layers.Count - 1}.weight"].ToArray().Chunk(12))
        {
            matrix[..6].Sum(x => x * x).Should().BeApproximately(1, 1e-5f);
            matrix[..6].Zip(matrix[6..]).Sum(pair => pair.First * pair.Second).Should().BeApproximately(0, 1e-5f);
        }
    }

    [TestMethod]
    public void Adapt_UnitVariance_LooksAtTheFirstMember()
    {
        var options = s_options with { Initializer = new UnitVarianceInitializer { PerUnit = true } };
        var random = new RandomStream(3, "rows");
        float[] features = [.. Enumerable.Range(0, 400).Select(_ => (float)(5 * random.NextNormal()))];
        var data = new DataBlock(100, 4, 1, features, new float[100], null);
        int[] rows = [.. Enumerable.Range(0, 100)];
        var network = NetworkBuilder.Describe(options, 4, 1);
        var weights = NetworkBuilder.Initialize(network, options, new RandomStream(1, "weights"));

        NetworkBuilder.Adapt(weights, network, options, data, rows, new RandomStream(1, "adapt"));

        float[] factors = weights["0.scale"][..4].ToArray(), unit = weights["1.weight"][..4].ToArray();
        double[] outputs = [.. rows.Select(row => Enumerable.Range(0, 4).Sum(i => (double)features[row * 4 + i] * factors[i] * unit[i]))];
        outputs.Sum(z => Math.Pow(z - outputs.Average(), 2) / 100).Should().BeApproximately(1, 1e-3);
    }

    [TestMethod]
    public void Check_MembersThatDoNotFit_AreRefused()
    {
        Refused(new LinearLayer(4, 2), new MemberScalingLayer(3, 2), new LinearLayer(2, 1));
        Refused(new MemberInputLayer(3, 4), new MemberScalingLayer(2, 4), new MemberOutputLayer(3, 4, 1, EnsembleMean.Values));
        Refused(new MemberInputLayer(3, 4), new LinearLayer(4, 1));
        Refused(new MemberInputLayer(3, 4), new MemberInputLayer(3, 4), new MemberOutputLayer(3, 4, 1, EnsembleMean.Values));
        Refused(new MemberInputLayer(3, 4), new BatchNormalizationLayer(4), new MemberOutputLayer(3, 4, 1, EnsembleMean.Values));
        Refused(new MemberInputLayer(3, 4), new MemberOutputLayer(2, 4, 1, EnsembleMean.Values));
        Refused(new MemberInputLayer(1, 4), new MemberOutputLayer(1, 4, 1, EnsembleMean.Values));
        Refused(new MemberInputLayer(3, 4), new MemberOutputLayer(3, 4, 1, (EnsembleMean)7));
        Refused(new MemberInputLayer(1024, 4), new LinearLayer(4, 40_000), new MemberOutputLayer(1024, 40_000, 1, EnsembleMean.Values));
        NetworkChecks.Check(new NetworkDescription(4, 1, [new MemberInputLayer(3, 4), new MemberOutputLayer(3, 4, 1, EnsembleMean.Values)]));

        static void Refused(params Layer[] layers) =>
            FluentActions.Invoking(() => NetworkChecks.Check(new NetworkDescription(4, 1, layers))).Should().Throw<FormatException>();
    }

    private static float[] FactorsOf(MlpOptions options, RowLayout layout)
    {
        var network = NetworkBuilder.Describe(options, layout.Width, 1, layout);
        int at = network.Layers.Index().Single(entry => entry.Item is MemberInputLayer).Index;
        return NetworkBuilder.Initialize(network, options, new RandomStream(1, "weights"))[$"{at}.scale"].ToArray();
    }
}
