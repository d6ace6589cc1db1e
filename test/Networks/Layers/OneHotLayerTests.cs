using MLExtensions.Networks.Memory;

namespace MLExtensions.Networks.Tests;

[TestClass]
[TestCategory("Engine")]
public sealed class OneHotLayerTests
{
    private static readonly OneHotLayer s_layer = new(RowLayout.Of([0, 3, 0, 2]));

    [TestMethod]
    public void OutputsFor_Layout_CountsNumbersAndCategories()
    {
        s_layer.OutputsFor(4).Should().Be(7);
        s_layer.OutputsFor(5).Should().BeNull();
        new OneHotLayer(RowLayout.Numbers(2)).OutputsFor(2).Should().Be(2);
        new OneHotLayer(RowLayout.Of([RowLayout.MaximumCount])).OutputsFor(1).Should().Be(RowLayout.MaximumCount);
        new OneHotLayer(RowLayout.Of([RowLayout.MaximumCount, 0])).OutputsFor(2).Should().BeNull("there is no room for it");
    }

    [TestMethod]
    public void Score_WorkedByHand_KeepsNumbersAndSpreadsCategories() =>
        Encode(s_layer, [2.5f, 1, -7, 0]).Should().Equal(2.5f, 0, 1, 0, -7, 1, 0);

    [TestMethod]
    [DataRow(-1f)]
    [DataRow(3f)]
    [DataRow(0.5f)]
    [DataRow(1e30f)]
    [DataRow(-2147483648f)]
    [DataRow(float.NaN)]
    [DataRow(float.NegativeInfinity)]
    public void Score_InvalidIndex_GivesZerosAlone(float value) => Encode(s_layer, [2.5f, value, -7, value]).Should().Equal(2.5f, 0, 0, 0, -7, 0, 0);

    /// <summary>Strips are up to 64 wide: runs of numbers and categories across their borders on either side.</summary>
    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(63, 2, 5)]
    [DataRow(64, 64, 1)]
    [DataRow(70, 130, 70)]
    [DataRow(200, 1, 131)]
    public void Forward_AnyWidths_WritesWhatScoringDoesAndNothingElse(int before, int count, int after)
    {
        const int Rows = 7;
        var layer = new OneHotLayer(new RowLayout(before + 1 + after, [new(before, count)]));
        int outputs = layer.OutputsFor(before + 1 + after)!.Value;
        var input = new StripMatrix(Rows, before + 1 + after);
        var opened = layer.Open(LayerPlaces.Of(layer, input, input));
        for (int row = 0; row < Rows; row++)
        {
            for (int slot = 0; slot < input.Columns; slot++)
                input[row, slot] = slot == before ? row * 37 % (count + 1) : row + 10 * slot + 1;
            for (int column = 0; column < outputs; column++)
                opened.Output[row, column] = -1;
        }

        opened.Forward(new RowRange(1, Rows - 1), 0);

        for (int row = 0; row < Rows; row++)
        {
            float[] actual = new float[outputs];
            opened.Output.GetRow(row, actual);
            float[] expected = row is 0 or Rows - 1
                ? [.. Enumerable.Repeat(-1f, outputs)]
                : [.. Enumerable.Range(0, before).Select(slot => row + 10f * slot + 1),
                    .. Enumerable.Range(0, count).Select(index => index == row * 37 % (count + 1) ? 1f : 0),
                    .. Enumerable.Range(before + 1, after).Select(slot => row + 10f * slot + 1)];
            actual.Should().Equal(expected, "row {0}", row);
            float[] features = new float[input.Columns];
            input.GetRow(row, features);
            if (row is > 0 and < Rows - 1)
                Encode(layer, features).Should().Equal(expected, "row {0}", row);
        }
    }

    [TestMethod]
    public void Step_CategorySlot_GivesTheBitsOfTheSameColumnsEncodedByHand()
    {
        Layer[] rest = [new LinearLayer(79, 20), new LayerNormalizationLayer(20), new ActivationLayer(Activation.Gelu), new LinearLayer(20, 3)];
        var indexed = new TestProblem(Loss.CrossEntropy, 150, 5, 3, [new OneHotLayer(RowLayout.Of([0, 70, 0, 6, 0])), .. rest]);
        var encoded = new TestProblem(Loss.CrossEntropy, 150, 79, 3, rest);
        float[] rows = [.. new ReferenceNetwork(indexed.Network with { Layers = [indexed.Network.Layers[0]] }, indexed.Start)
            .Forward(indexed.ReferenceRows(indexed.AllRows), training: true).SelectMany(row => row).Select(value => (float)value)];
        encoded.Data.Targets.AsSpan().Clear();
        indexed.Data.Targets.CopyTo(encoded.Data.Targets, 0);
        rows.CopyTo(encoded.Data.Features.Array!, 0);
        indexed.Start.Values.CopyTo(encoded.Start.Values, 0);
        using var one = indexed.Open(indexed.Settings(new AdamOptions(), l2: 0.01f, batch: 90), threads: 2);
        using var other = encoded.Open(encoded.Settings(new AdamOptions(), l2: 0.01f, batch: 90), threads: 2);

        for (int step = 0; step < 10; step++)
            one.Step(indexed.AllRows.AsSpan(step * 6, 90), 0.01f).Should().Be(other.Step(encoded.AllRows.AsSpan(step * 6, 90), 0.01f));

        var (weights, expected) = (indexed.Start.Clone(), encoded.Start.Clone());
        one.GetWeights(weights);
        other.GetWeights(expected);
        weights.Values.Should().Equal(expected.Values).And.NotEqual(indexed.Start.Values);
    }

    [TestMethod]
    public void New_NotTheFirstLayer_IsRefused()
    {
        var network = new NetworkDescription(2, 1, [new ScalingLayer(2), new OneHotLayer(RowLayout.Of([0, 3])), new LinearLayer(4, 1)]);

        Action prepare = () => _ = new NetworkScorer(network, new NetworkWeights(new ParameterLayout(network)));

        prepare.Should().Throw<ArgumentException>()
            .WithMessage("Layer 1, OneHotLayer { Layout = 2 slots, categories 1: 3 }, does not fit: it is given 2 values.*");
    }

    // A linear layer behind it that passes values through.
    private static float[] Encode(OneHotLayer layer, float[] row)
    {
        int width = layer.OutputsFor(row.Length)!.Value;
        var network = new NetworkDescription(row.Length, width, [layer, new LinearLayer(width, width)]);
        var weights = new NetworkWeights(new ParameterLayout(network));
        for (int i = 0; i < width; i++)
            weights["1.weight"][i * width + i] = 1;
        float[] outputs = new float[width];
        new NetworkScorer(network, weights).Score(row, outputs);
        return outputs;
    }
}
