using MLExtensions.Networks.Building;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class NetworkBuilderTests
{
    [TestMethod]
    public void Describe_Categories_StandBeforeAllElse()
    {
        var options = new MlpOptions { NumberEmbedding = null, HiddenLayers = [7], ScalesInputs = true, InputDropoutRate = 0.2f, DropoutRate = 0, Activation = Activation.Relu };
        var layout = RowLayout.Of([0, 5, 0]);

        var network = NetworkBuilder.Describe(options, 3, 2, layout);

        network.Inputs.Should().Be(3);
        network.Layers.Should().Equal(new OneHotLayer(layout), new ScalingLayer(7), new DropoutLayer(0.2f), new LinearLayer(7, 7), new ActivationLayer(Activation.Relu), new LinearLayer(7, 2));
        network.Layout.Should().Be(layout);
        NetworkBuilder.Describe(options, 3, 2, RowLayout.Numbers(3)).Layers.Should().Equal(NetworkBuilder.Describe(options, 3, 2).Layers);
        NetworkBuilder.Describe(options, 3, 2).Layout.Should().Be(RowLayout.Numbers(3));
    }

    [TestMethod]
    public void Describe_TooManyCategories_IsRefused()
    {
        Action describe = () => NetworkBuilder.Describe(new(), 200, 1, RowLayout.Of([.. Enumerable.Repeat(RowLayout.MaximumCount, 200)]));

        describe.Should().Throw<InvalidOperationException>().WithMessage("The features are 3355443200 values, one for each category: expected at most 16777216. Join rare categories, or give them vectors (CategoryEmbedding).");
    }

    [TestMethod]
    public void Describe_Everything_OrdersTheLayers()
    {
        var options = new MlpOptions
        {
            NumberEmbedding = null,
            HiddenLayers = [7, 5],
            Activation = Activation.Tanh,
            Normalization = Normalization.Batch,
            DropoutRate = 0.3f,
            InputDropoutRate = 0.1f,
            ScalesInputs = true,
        };

        var network = NetworkBuilder.Describe(options, 4, 2);

        network.Inputs.Should().Be(4);
        network.Outputs.Should().Be(2);
        network.Layers.Should().Equal(
            new ScalingLayer(4), new DropoutLayer(0.1f),
            new LinearLayer(4, 7), new BatchNormalizationLayer(7), new ActivationLayer(Activation.Tanh), new DropoutLayer(0.3f),
            new LinearLayer(7, 5), new BatchNormalizationLayer(5), new ActivationLayer(Activation.Tanh), new DropoutLayer(0.3f),
            new LinearLayer(5, 2));
    }

    [TestMethod]
    public void Initialize_ScalingOfInputs_StartsAtOne()
    {
        var options = new MlpOptions { NumberEmbedding = null, ScalesInputs = true };

        var weights = NetworkBuilder.Initialize(NetworkBuilder.Describe(options, 4, 2), options, new RandomStream(1, "weights"));

        weights["0.weight"].ToArray().Should().Equal(1, 1, 1, 1);
    }

    [TestMethod]
    public void Describe_NothingAsked_LeavesOutWhatDoesNothing()
    {
        var network = NetworkBuilder.Describe(new() { NumberEmbedding = null, HiddenLayers = [7], DropoutRate = 0 }, 4, 2);

        network.Layers.Should().Equal(new LinearLayer(4, 7), new ActivationLayer(Activation.Relu), new LinearLayer(7, 2));
    }

    [TestMethod]
    public void Describe_NoHiddenLayers_IsALinearModel()
    {
        var network = NetworkBuilder.Describe(new() { NumberEmbedding = null, HiddenLayers = [], Normalization = Normalization.Batch, DropoutRate = 0.5f }, 4, 2);

        network.Layers.Should().Equal(new LinearLayer(4, 2));
    }

    [TestMethod]
    public void Describe_DropoutRates_GoesBeforeDropoutRate()
    {
        var network = NetworkBuilder.Describe(new() { NumberEmbedding = null, HiddenLayers = [7, 6, 5], DropoutRate = 0.9f, DropoutRates = [0.1f, 0, 0.2f] }, 4, 2);

        network.Layers.OfType<DropoutLayer>().Should().Equal(new DropoutLayer(0.1f), new DropoutLayer(0.2f));
        network.Layers[2].Should().Be(new DropoutLayer(0.1f));
        network.Layers[7].Should().Be(new DropoutLayer(0.2f));
    }

    [TestMethod]
    [DataRow(NormalizationPlacement.BeforeActivation)]
    [DataRow(NormalizationPlacement.AfterActivation)]
    public void Describe_Normalization_StandsWhereItIsPlaced(NormalizationPlacement placement)
    {
        var batch = new BatchNormalization { Epsilon = 0.1f, Momentum = 0.2f, Affine = false, Placement = placement };
        var layer = new LayerNormalization { Epsilon = 0.3f, Affine = false, Placement = placement };
        int place = placement == NormalizationPlacement.BeforeActivation ? 1 : 2;

        foreach (var (normalization, expected) in new (Normalization, Layer)[]
            { (batch, new BatchNormalizationLayer(7, 0.1f, 0.2f, false)), (layer, new LayerNormalizationLayer(7, 0.3f, false)) })
        {
            var layers = NetworkBuilder.Describe(new() { NumberEmbedding = null, HiddenLayers = [7], Normalization = normalization }, 4, 2).Layers;

            layers.Should().HaveCount(5);
            layers[place].Should().Be(expected);
            layers[3 - place].Should().Be(new ActivationLayer(Activation.Relu));
            layers[3].Should().BeOfType<DropoutLayer>();
        }
    }

    [TestMethod]
    public void Describe_Activations_GivesEachLayerItsOwn()
    {
        var options = new MlpOptions
        {
            NumberEmbedding = null,
            HiddenLayers = [7, 6, 5],
            Activations = [new PReluActivation(PerUnit: true), new MaxoutActivation(4), Activation.Tanh],
            Normalization = Normalization.Layer,
            DropoutRate = 0,
        };

        NetworkBuilder.Describe(options, 3, 2).Layers.Should().Equal(
            new LinearLayer(3, 7), new LayerNormalizationLayer(7), new PReluLayer(7, PerUnit: true),
            new LinearLayer(7, 24), new LayerNormalizationLayer(24), new MaxoutLayer(6, 4),
            new LinearLayer(6, 5), new LayerNormalizationLayer(5), new ActivationLayer(Activation.Tanh),
            new LinearLayer(5, 2));
    }

    [TestMethod]
    public void Initialize_PRelu_StartsEachLayerWithItsSlope()
    {
        var weights = Initialize(new()
        {
            NumberEmbedding = null,
            HiddenLayers = [7, 5, 6],
            Activations = [new PReluActivation(PerUnit: true, Start: 0.1f), Activation.Relu, new PReluActivation(Start: -2)],
            DropoutRate = 0,
        });

        weights["1.weight"].ToArray().Should().HaveCount(7).And.OnlyContain(slope => slope == 0.1f);
        weights["5.weight"].ToArray().Should().Equal(-2);
    }

    [TestMethod]
    public void Initialize_MixedActivation_StartsAsTheFunction() =>
        Initialize(new() { NumberEmbedding = null, HiddenLayers = [7], Activation = new MixedActivation(Activation.Mish) })["1.weight"].ToArray().Should().HaveCount(7).And.OnlyContain(share => share == 1);

    [TestMethod]
    public void Initialize_Maxout_CountsTheUnitsAsFanOut()
    {
        var weights = Initialize(new() { NumberEmbedding = null, HiddenLayers = [200], Activation = new MaxoutActivation(5), Normalization = Normalization.Batch }, inputs: 100, outputs: 4);

        weights["0.weight"].ToArray().Max(Math.Abs).Should().BeApproximately(MathF.Sqrt(6f / 300), 1e-3f);
    }

    [TestMethod]
    public void BatchNormalization_Default_HasTheDocumentedConstants() =>
        new BatchNormalizationLayer(3).Should().Be(new BatchNormalizationLayer(3, Epsilon: 1e-5f, Momentum: 0.1f));

    [TestMethod]
    public void Initialize_BiasStart_IsGivenToHiddenLayersOnly()
    {
        var weights = Initialize(new() { NumberEmbedding = null, HiddenLayers = [7, 5], BiasStart = 0.25f, DropoutRate = 0 });

        weights["0.bias"].ToArray().Should().OnlyContain(bias => bias == 0.25f);
        weights["2.bias"].ToArray().Should().OnlyContain(bias => bias == 0.25f);
        weights["4.bias"].ToArray().Should().OnlyContain(bias => bias == 0);
    }

    [TestMethod]
    public void Initialize_BatchNormalization_StartsAsTheIdentity()
    {
        var weights = Initialize(new() { NumberEmbedding = null, HiddenLayers = [7], Normalization = Normalization.Batch, BiasStart = 3 });

        weights["1.weight"].ToArray().Should().OnlyContain(value => value == 1);
        weights["1.bias"].ToArray().Should().OnlyContain(value => value == 0);
        weights["1.running_mean"].ToArray().Should().OnlyContain(value => value == 0);
        weights["1.running_var"].ToArray().Should().OnlyContain(value => value == 1);
    }

    [TestMethod]
    public void Initialize_Initializer_FillsEachLayerByItsSize()
    {
        var weights = Initialize(new() { NumberEmbedding = null, HiddenLayers = [200], DropoutRate = 0, Initializer = WeightInitializer.XavierUniform }, inputs: 100, outputs: 4);

        weights["0.weight"].ToArray().Max(Math.Abs).Should().BeApproximately(MathF.Sqrt(6f / 300), 1e-3f);
        weights["2.weight"].ToArray().Max(Math.Abs).Should().BeApproximately(MathF.Sqrt(6f / 204), 2e-3f);
    }

    [TestMethod]
    public void Initialize_SameSeed_DrawsTheSame()
    {
        var options = new MlpOptions { NumberEmbedding = null, HiddenLayers = [7] };

        Initialize(options, seed: 3).Values.Should().Equal(Initialize(options, seed: 3).Values);
        Initialize(options, seed: 4).Values.Should().NotEqual(Initialize(options, seed: 3).Values);
    }

    private static NetworkWeights Initialize(MlpOptions options, int inputs = 4, int outputs = 2, int seed = 1) =>
        NetworkBuilder.Initialize(NetworkBuilder.Describe(options, inputs, outputs), options, new RandomStream(seed, "weights"));
}
