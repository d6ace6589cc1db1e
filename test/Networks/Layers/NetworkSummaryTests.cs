namespace MLExtensions.Networks.Tests;

[TestClass]
public sealed class NetworkSummaryTests
{
    private static readonly RowLayout s_layout = new(4, [new CategorySlot(1, 7)]) { Missing = [2] };

    private static readonly NetworkDescription s_network = new(4, 1,
    [
        new AffineInputLayer(s_layout),
        new EmbeddingLayer(new RowLayout(5, [new CategorySlot(1, 7)]), null, [], [3]),
        new LinearLayer(7, 64), new BatchNormalizationLayer(64), new ActivationLayer(Activation.Relu), new DropoutLayer(0.1f), new LinearLayer(64, 1),
    ]);

    [TestMethod]
    public void Summary_NamedFeatures_TellsWhatBecomesOfThemAndOfEachLayer() =>
        string.Join('\n', s_network.Summary(["Age", "Job", "Hours", ""]).Split(Environment.NewLine)).Should().Be("""
            4 features:
              scaled: Age, slot 3
              embedded in 3 values: Job (7)
              scaled, missing ones marked: Hours

            layer                values  parameters  statistics
            affine input              5                      12
            embedding                 7          21
            linear                   64         512
            batch normalization      64         128         128
            relu                     64
            dropout 0.1              64
            linear                    1          65
            726 parameters, and 140 values of statistics
            """);

    [TestMethod]
    public void Summary_AnyNumberOfFeatures_FitsItsWidth()
    {
        var network = new NetworkDescription(3000, 1, [new LinearLayer(3000, 1)]);

        string[] lines = network.Summary().Split(Environment.NewLine);

        lines.Should().OnlyContain(line => line.Length <= 100);
        lines[1].Should().StartWith("  as they are: slot 0, slot 1, slot 2").And.MatchRegex(@"slot \d+ and 29\d\d more$");
    }

    [TestMethod]
    public void Summary_Ensemble_IsThatOfAMemberAndTheSumOfAll()
    {
        var ensemble = new NetworkDescription(4, 1, [new EnsembleLayer([s_network, s_network, s_network], EnsembleMean.Values)]);

        string summary = ensemble.Summary();

        summary.Should().Contain("3 networks, of whose outputs the mean is taken; each:").And.Contain("  scaled: slot 0, slot 3").And.EndWith("2,178 parameters, and 420 values of statistics");
    }

    [TestMethod]
    public void Summary_EnsembleOfSeveralKinds_IsThatOfOneOfEach()
    {
        var linear = new NetworkDescription(4, 1, [new LinearLayer(4, 1)]);
        var ensemble = new NetworkDescription(4, 1, [new EnsembleLayer([s_network, linear, s_network], EnsembleMean.Values)]);

        string[] lines = ensemble.Summary().ReplaceLineEndings("\n").Split('\n');

        lines.Should().ContainSingle(line => line == "3 networks, of whose outputs the mean is taken; 2 of them, each:");
        lines.Should().ContainSingle(line => line == "1 of them, each:").And.EndWith("1,457 parameters, and 280 values of statistics");
    }

    [TestMethod]
    public void Summary_OneHotQuantilesAndEmbeddedNumbers_AreNamed()
    {
        var oneHot = new NetworkDescription(4, 1, [new QuantileInputLayer(s_layout, 5), new OneHotLayer(new RowLayout(5, [new CategorySlot(1, 7)])), new LinearLayer(11, 1)]);
        var embedding = new PeriodicEmbedding();
        var periodic = new NetworkDescription(2, 1, [new EmbeddingLayer(RowLayout.Numbers(2), embedding, [1], []), new LinearLayer(1 + embedding.Outputs, 1)]);

        oneHot.Summary().Should().Contain("  scaled by quantiles: slot 0, slot 3").And.Contain("  one-hot: slot 1 (7)");
        periodic.Summary().Should().Contain($"  periodic embedding in {embedding.Outputs} values: slot 0").And.Contain("  as they are: slot 1");
    }

    [TestMethod]
    public void Summary_WrongNumberOfNames_IsRefused()
    {
        Action describe = () => s_network.Summary(["Age"]);

        describe.Should().Throw<ArgumentException>().WithMessage("Expected 4 names, one for each feature, got 1.*");
    }
}
