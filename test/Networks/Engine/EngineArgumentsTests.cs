namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class EngineArgumentsTests
{
    private static readonly NetworkDescription s_network = new(2, 3, [new LinearLayer(2, 3)]);
    private static readonly EngineSettings s_settings = new() { Loss = Loss.CrossEntropy, Optimizer = new SgdOptions(), MaximumBatchRows = 4, Seed = 0 };

    [TestMethod]
    [DataRow(3f)]
    [DataRow(-1f)]
    [DataRow(0.5f)]
    [DataRow(float.NaN)]
    public void Open_ClassOutsideNetwork_IsRefused(float target) =>
        ShouldRefuse(s_network, new DataBlock(1, 2, 1, [0, 0], [target], null), s_settings, $"Class indices must be whole numbers from 0 to 2, got {target}.*");

    [TestMethod]
    public void Open_WrongFeatureCount_IsRefused() =>
        ShouldRefuse(s_network, new DataBlock(1, 3, 1, [0, 0, 0], [0], null), s_settings, "The network reads 2 features, the data has 3.*");

    [TestMethod]
    public void Open_ShortArrays_AreRefused()
    {
        Action few = () => _ = new DataBlock(2, 2, 1, [0, 0], [0, 0], null);

        few.Should().Throw<ArgumentException>().WithMessage("Expected 2 x 2 features, got 2.*");
        ShouldRefuse(s_network, new DataBlock(2, 2, 1, new MemoryRows([0, 0], 1, 2), [0, 0], null), s_settings, "Expected 2 x 2 features, got 1 x 2.*");
        ShouldRefuse(s_network, new DataBlock(2, 2, 1, [0, 0, 0, 0], [0], null), s_settings, "Expected 2 x 1 targets, got 1.*");
        ShouldRefuse(s_network, new DataBlock(2, 2, 1, [0, 0, 0, 0], [0, 0], [1]), s_settings, "Expected 2 row weights, got 1.*");
    }

    [TestMethod]
    public void Open_LossAndOutputsDoNotFit_IsRefused()
    {
        var data = new DataBlock(1, 2, 1, [0, 0], [0], null);

        ShouldRefuse(s_network, data, s_settings with { Loss = Loss.SquaredError }, "SquaredErrorLoss with 1 target needs a network of 1 output, got 3.*");
        ShouldRefuse(s_network, data, s_settings with { Loss = new QuantileLoss(0.1f, 0.9f) }, "QuantileLoss with 1 target needs a network of 2 outputs, got 3.*");
        ShouldRefuse(s_network, new DataBlock(1, 2, 2, [0, 0], [0, 1], null), s_settings, "CrossEntropyLoss with 2 targets needs a network of 2 outputs, got 3.*");
    }

    [TestMethod]
    public void Open_LayersDoNotFit_IsRefused()
    {
        var data = new DataBlock(1, 2, 1, [0, 0], [0], null);

        ShouldRefuse(s_network with { Layers = [new LinearLayer(3, 3)] }, data, s_settings, "Layer 0, LinearLayer * does not fit: it is given 2 values.*");
        ShouldRefuse(s_network with { Layers = [new LinearLayer(2, 4)] }, data, s_settings, "The last layer must be linear with 3 outputs.*");
        ShouldRefuse(s_network with { Layers = [] }, data, s_settings, "The last layer must be linear with 3 outputs.*");
    }

    [TestMethod]
    public void Open_LayoutsDoNotFit_IsRefused()
    {
        var network = new NetworkDescription(2, 3, [new OneHotLayer(RowLayout.Of([0, 4])), new LinearLayer(5, 3)]);
        var data = new DataBlock(2, 2, 1, [0.5f, 0, 0, 3], [0, 1], null);

        ShouldRefuse(network, data, s_settings, "The network reads rows of 2 slots, categories 1: 4; the data has 2 slots, no categories.*");
        ShouldRefuse(network, data with { Layout = RowLayout.Of([0, 5]) }, s_settings, "The network reads rows of 2 slots, categories 1: 4; the data has 2 slots, categories 1: 5.*");
        ShouldRefuse(s_network, data with { Layout = RowLayout.Numbers(3) }, s_settings, "The layout of the data must have 2 slots, got 3.*");
        new ManagedEngine().Open(network, data with { Layout = RowLayout.Of([0, 4]) }, s_settings).Dispose();
    }

    [TestMethod]
    public void Open_InvalidIndex_NamesRowAndSlot() =>
        ShouldRefuse(new(2, 3, [new OneHotLayer(RowLayout.Of([0, 4])), new LinearLayer(5, 3)]),
            new DataBlock(2, 2, 1, [0.5f, 0, 0, 4], [0, 1], null) { Layout = RowLayout.Of([0, 4]) }, s_settings,
            "Row 1 has 4 in slot 1: expected the index of one of 4 categories, a whole number from 0 to 3.*");

    [TestMethod]
    public void Threads_Negative_IsRefused()
    {
        Action act = () => _ = new ManagedEngine { Threads = -1 };

        act.Should().Throw<ArgumentOutOfRangeException>();
    }

    [TestMethod]
    public void Name_TellsThreads()
    {
        new ManagedEngine { Threads = 1 }.Name.Should().Be("managed, 1 thread");
        new ManagedEngine { Threads = 3 }.Name.Should().Be("managed, 3 threads");
    }

    private static void ShouldRefuse(NetworkDescription network, DataBlock data, EngineSettings settings, string message)
    {
        Action act = () => new ManagedEngine().Open(network, data, settings).Dispose();

        act.Should().Throw<ArgumentException>().WithMessage(message);
    }
}
