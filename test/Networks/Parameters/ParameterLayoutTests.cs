namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class ParameterLayoutTests
{
    private static readonly NetworkDescription s_network = new(3, 2,
    [
        new LinearLayer(3, 4), new BatchNormalizationLayer(4), new ActivationLayer(Activation.Relu), new LinearLayer(4, 2),
    ]);

    [TestMethod]
    public void Constructor_MixedLayers_PutsTrainedTensorsFirstWithoutGaps()
    {
        var layout = new ParameterLayout(s_network);

        layout.Tensors.Select(t => t.Name).Should().Equal(
            "0.weight", "0.bias", "1.weight", "1.bias", "3.weight", "3.bias", "1.running_mean", "1.running_var");
        layout.Tensors.Select(t => t.Offset).Should().Equal(0, 12, 16, 20, 24, 32, 34, 38);
        layout.TrainedLength.Should().Be(34);
        layout.Length.Should().Be(42);
    }

    [TestMethod]
    public void Indexer_UnknownName_SaysWhichThereAre()
    {
        var weights = new NetworkWeights(new ParameterLayout(new NetworkDescription(1, 1, [new LinearLayer(1, 1)])));

        Action act = () => _ = weights["1.weight"].Length;

        act.Should().Throw<ArgumentException>().WithMessage("No tensor is named '1.weight'; there are 0.weight, 0.bias.*");
    }

    [TestMethod]
    public void Clone_Changed_LeavesTheOriginal()
    {
        var weights = new NetworkWeights(new ParameterLayout(s_network));

        weights.Clone().Values[0] = 1;

        weights.Values[0].Should().Be(0);
    }
}
