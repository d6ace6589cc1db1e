using MLExtensions.Networks.Building;
using MLExtensions.Networks.Embeddings;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests.Embeddings;

[TestClass]
public sealed class NumberEmbeddingTests
{
    [TestMethod]
    public void OfQuantiles_RepeatedValues_HaveFewerBins()
    {
        BinEdges.OfQuantiles([5, 1, 2, 3, 4], 4).Should().Equal(1, 2, 3, 4, 5);
        BinEdges.OfQuantiles([0, 0, 0, 0, 1], 4).Should().Equal(0, 1);
        BinEdges.OfQuantiles([0, 0, 0, 0, 0, 0, 1, 2, 3, 4], 4).Should().Equal([0, 1, 2, 3, 4], "bins lie where the column is not 0");
        BinEdges.OfQuantiles([7, 7], 4).Should().Equal(7);
    }

    [TestMethod]
    public void OfTree_Steps_AreCutWhereTheyAre()
    {
        float[] values = [.. Enumerable.Range(0, 300).Select(i => (float)((i * 7) % 300))];
        float[] targets = [.. values.Select(x => x < 40 ? 0f : x < 200 ? 5 : 1)];

        BinEdges.OfTree(values, targets, 8).Should().Equal(0, 40, 200, 299);
        BinEdges.OfTree(values, targets, 2).Should().Equal(0, 200, 299);
        BinEdges.OfTree([3, 3], [1, 2], 8).Should().Equal(3);
    }

    [TestMethod]
    public void Adapt_PiecewiseLinear_FindsEdgesInTheTrainingRows()
    {
        float[] features = [.. Enumerable.Range(0, 100).Select(i => (float)i), .. Enumerable.Repeat(1e6f, 10)];
        var data = new DataBlock(110, 1, 1, features, [.. features.Select(x => x < 30 ? 0f : 1)], null);
        float[] EdgesOf(bool targetAware)
        {
            var options = new MlpOptions { NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 4, TargetAware = targetAware } };
            var network = NetworkBuilder.Describe(options, 1, 1);
            var weights = NetworkBuilder.Initialize(network, options, new RandomStream(1, "weights"));
            NetworkBuilder.Adapt(weights, network, options, data, [.. Enumerable.Range(0, 100)], new RandomStream(1, "adapt"));
            return weights["0.edges"].ToArray();
        }

        EdgesOf(targetAware: false).Should().Equal(0, 24.75f, 49.5f, 74.25f, 99);
        EdgesOf(targetAware: true).Should().Equal(0, 30, 99, float.MaxValue, float.MaxValue);
    }

    [TestMethod]
    public void Adapt_Classes_AreCutByWhichTheyAreAndNotByTheirNumbers()
    {
        float[] features = [.. Enumerable.Range(0, 90).Select(i => (float)i)];
        float[] EdgesOf(int[] numbers, int classes)
        {
            var data = new DataBlock(90, 1, 1, features, [.. features.Select(x => (float)numbers[x < 30 ? 0 : x < 60 ? 1 : 2])], null);
            var options = new MlpOptions { NumberEmbedding = new PiecewiseLinearEmbedding { Bins = 2, TargetAware = true } };
            var network = NetworkBuilder.Describe(options, 1, 3);
            var weights = NetworkBuilder.Initialize(network, options, new RandomStream(1, "weights"));
            NetworkBuilder.Adapt(weights, network, options, data, [.. Enumerable.Range(0, 90)], new RandomStream(1, "adapt"), classes);
            return weights["0.edges"].ToArray();
        }

        EdgesOf([0, 1, 2], 3).Should().Equal(EdgesOf([1, 0, 2], 3)).And.Equal(EdgesOf([2, 1, 0], 3));
        EdgesOf([0, 1, 2], 0).Should().NotEqual(EdgesOf([1, 0, 2], 0), "amounts have an order");
    }

    [TestMethod]
    public void SplitTargets_Missing_PullNoSplit()
    {
        var data = new DataBlock(4, 1, 2, new float[4], [1, 0, float.NaN, 1, 3, 0, 2, float.NaN], null);

        SplitTargets.Of(data, [0, 1, 2], classes: 0).Should().Equal(1, 0, 2, 1, 3, 0);
        SplitTargets.Of(data, [1, 3], classes: 0).Should().Equal(2, 1, 2, 1);
    }

    [TestMethod]
    public void Initialize_Embeddings_StartAsTheirPapersSay()
    {
        WeightsOf(new PiecewiseLinearEmbedding { Bins = 5, Dimension = 16 }, weights =>
        {
            weights["0.weight"][16..(6 * 16)].ToArray().Should().OnlyContain(value => value == 0, "bins start at zero");
            weights["0.weight"][..16].ToArray().Should().OnlyContain(value => Math.Abs(value) <= 0.25f).And.OnlyHaveUniqueItems();
        });
        WeightsOf(new PiecewiseLinearEmbedding { Bins = 5, Rectified = true }, weights => weights["0.weight"].ToArray().Should().NotContain(0));
        WeightsOf(new CosineEmbedding { Frequencies = 1000, Deviation = 0.5f }, weights =>
        {
            weights["0.frequency"].ToArray().Average(x => x * x).Should().BeApproximately(0.25f, 0.03f);
            weights["0.phase"].ToArray().Max().Should().BeInRange(3.1f, MathF.PI);
        });
        WeightsOf(new PeriodicEmbedding { Frequencies = 1000, Deviation = 2 }, weights => weights["0.frequency"].ToArray().Average(x => x * x).Should().BeApproximately(4, 0.5f));
        WeightsOf(new LinearEmbedding { Dimension = 4 }, weights => weights["0.weight"].ToArray().Max(Math.Abs).Should().BeInRange(0.2f, 0.5f));
    }

    [TestMethod]
    public void Describe_CategoryRule_GivesVectorsToThoseOfManyValues()
    {
        var layout = RowLayout.Of([0, 5, 30]);

        NetworkBuilder.Describe(new MlpOptions { NumberEmbedding = null, CategoryEmbedding = new() { Dimension = 6, MostOneHot = 5 } }, 3, 1, layout).Layers[0]
            .Should().Be(new EmbeddingLayer(layout, null, [], [0, 6]));
        NetworkBuilder.Describe(new MlpOptions { NumberEmbedding = null, CategoryEmbedding = new() { MostOneHot = 30 } }, 3, 1, layout).Layers[0].Should().BeOfType<OneHotLayer>();
        NetworkBuilder.Describe(new MlpOptions { NumberEmbedding = new LinearEmbedding() }, 3, 1, layout, plain: [0]).Layers[0]
            .Should().BeOfType<OneHotLayer>("flags stay as they are, and no number is left");
    }

    [TestMethod]
    [DataRow(3, 16)]
    [DataRow(64, 16)]
    [DataRow(100, 10)]
    [DataRow(512, 2)]
    public void ByFeatures_ManyNumbers_HaveFewerValuesEach(int features, int dimension) =>
        NetworkBuilder.Describe(new MlpOptions(), features, 1).Layers[0].Should().BeOfType<EmbeddingLayer>().Which.Numbers.Should().Be(new PiecewiseLinearEmbedding { Dimension = dimension });

    [TestMethod]
    [DataRow(3, 8)]
    [DataRow(256, 4)]
    [DataRow(513, 0)]
    public void ByFeatures_OtherEmbedding_HasAtMostItsValues(int features, int dimension)
    {
        var options = new MlpOptions { NumberEmbedding = new NumberEmbeddingByFeatures { Embedding = new CosineEmbedding { Dimension = 8 } } };

        options.EmbeddingFor(features).Should().Be(dimension == 0 ? null : new CosineEmbedding { Dimension = dimension });
        NetworkBuilder.Describe(options, features, 1).Layers[0].Should().Match(layer => layer is EmbeddingLayer == dimension > 0);
    }

    [TestMethod]
    public void ByFeatures_EmbeddingThatCannotBe_IsRefused()
    {
        new NumberEmbeddingByFeatures { Embedding = null! }.Validate().Should().Equal("Embedding must not be null; numbers stay as they are with NumberEmbedding = null");
        new NumberEmbeddingByFeatures { Embedding = new NumberEmbeddingByFeatures() }.Validate().Should().Equal("Embedding must not be a NumberEmbeddingByFeatures itself");
        new NumberEmbeddingByFeatures { Embedding = new PiecewiseLinearEmbedding { Bins = 1 } }.Validate().Should().ContainSingle().Which.Should().StartWith("Embedding.");
    }

    [TestMethod]
    public void ByFeatures_TooManyNumbersOrALinearModel_HasNone()
    {
        NetworkBuilder.Describe(new MlpOptions(), 513, 1).Layers[0].Should().BeOfType<LinearLayer>();
        NetworkBuilder.Describe(new MlpOptions { HiddenLayers = [] }, 3, 1).Layers.Should().ContainSingle();
    }

    [TestMethod]
    public void Initialize_CategoryVectors_HaveTheirDeviation()
    {
        var options = new MlpOptions { CategoryEmbedding = new() { Deviation = 3, MostOneHot = 0 } };

        var weights = NetworkBuilder.Initialize(NetworkBuilder.Describe(options, 1, 1, RowLayout.Of([500])), options, new RandomStream(1, "weights"));

        weights["0.category_0"].ToArray().Average(x => x * x).Should().BeApproximately(9, 0.6f);
    }

    [TestMethod]
    public void OutputsFor_Impossible_IsNull()
    {
        var layout = RowLayout.Of([0, 5]);
        Layer[] layers =
        [
            new EmbeddingLayer(layout, new LinearEmbedding { Dimension = 0 }, [], [0]),
            new EmbeddingLayer(layout, new LinearEmbedding { Dimension = 5000 }, [], [0]),
            new EmbeddingLayer(layout, new PeriodicEmbedding { Frequencies = 0 }, [], [0]),
            new EmbeddingLayer(layout, null, [], []),
            new EmbeddingLayer(layout, null, [], [-1]),
            new EmbeddingLayer(layout, null, [1], [0]),
            new EmbeddingLayer(layout, null, [2], [0]),
            new EmbeddingLayer(layout, null, [0, 0], [0]),
        ];

        layers.Should().AllSatisfy(layer => layer.OutputsFor(2).Should().BeNull());
        new EmbeddingLayer(layout, new CosineEmbedding(), [], [0]).OutputsFor(2).Should().Be(9);
        new EmbeddingLayer(layout, new CosineEmbedding(), [], [0]).OutputsFor(3).Should().BeNull();
    }

    [TestMethod]
    public void SineAndCosine_ManyAngles_AreThoseOfDoublePrecision()
    {
        for (float t = -300; t < 300; t += 0.0137f)
        {
            Vectors.VectorMath.SineAndCosineOfTurns(Vectors.FloatScalar.Create(t), out var sine, out var cosine);
            sine.Value.Should().BeApproximately((float)Math.Sin(2 * Math.PI * t), 6e-7f);
            cosine.Value.Should().BeApproximately((float)Math.Cos(2 * Math.PI * t), 6e-7f);
        }
    }

    private static void WeightsOf(NumberEmbedding embedding, Action<NetworkWeights> check)
    {
        var options = new MlpOptions { NumberEmbedding = embedding };
        check(NetworkBuilder.Initialize(NetworkBuilder.Describe(options, 2, 1), options, new RandomStream(1, "weights")));
    }
}
