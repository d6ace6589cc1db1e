using MLExtensions.Networks.Inputs;
using MLExtensions.Networks.Randomness;

namespace MLExtensions.Networks.Tests.Inputs;

[TestClass]
public sealed class FittedNeighborsTests
{
    private const int Rows = 60;

    [TestMethod]
    public void Apply_RowThatIsNotTrainedOn_HasTheMeanOfItsNearestTrainingRows()
    {
        var data = Block(width: 2, seed: 1);
        int[] training = [.. Enumerable.Range(0, 50)];

        var behind = Fit(new() { Neighbors = 3 }, data, training);

        for (int row = 50; row < Rows; row++)
        {
            int own = row;
            double expected = training.OrderBy(other => Distance(data, own, other)).Take(3).Average(other => data.Targets[other]);
            MeanOf(behind, row).Should().BeApproximately(expected, 1e-5);
        }
    }

    [TestMethod]
    public void Apply_TrainingRow_SeesNothingOfItsOwnLabel()
    {
        var data = Block(width: 2, seed: 1);
        int[] training = [.. Enumerable.Range(0, 50)];
        var behind = Fit(new() { Neighbors = 3 }, data, training);

        foreach (int row in training.Take(10))
        {
            float[] targets = [.. data.Targets];
            targets[row] += 1000;
            MeanOf(Fit(new() { Neighbors = 3 }, data with { Targets = targets }, training), row).Should().BeApproximately(MeanOf(behind, row), 1e-5, "else a network would read the label off it");
        }
    }

    [TestMethod]
    public void Apply_TrainingRows_DoNotSeeTheirFold()
    {
        // Each row is a neighbour of every other.
        var data = Block(width: 2, seed: 1);
        int[] training = [.. Enumerable.Range(0, 50)];

        var behind = Fit(new() { Neighbors = 50 }, data, training);

        training.Select(row => Math.Round(MeanOf(behind, row), 4)).Distinct().Should().HaveCount(5);
    }

    [TestMethod]
    public void Apply_Means_AreOfMeanZeroAndDeviationOne()
    {
        var data = Block(width: 3, seed: 2);
        int[] training = [.. Enumerable.Range(0, Rows)];

        var behind = FittedNeighbors.Of(new(), data, null, training, 0, 1, null)!.Apply(data);

        behind.FeatureCount.Should().Be(6);
        for (int mean = 3; mean < 6; mean++)
        {
            float[] values = [.. training.Select(row => behind.Features.Array![row * 6 + mean])];
            values.Average().Should().BeApproximately(0, 1e-5f);
            values.Average(value => value * value).Should().BeApproximately(1, 1e-4f);
        }
    }

    [TestMethod]
    public void Prepend_ScoresRowsAsTheyWereApplied()
    {
        var data = Block(width: 20, seed: 3);
        var fitted = FittedNeighbors.Of(new() { Neighbors = 4 }, data, null, [.. Enumerable.Range(0, 50)], 0, 1, null)!;
        var behind = fitted.Apply(data);
        var network = new NetworkDescription(fitted.Outputs, 1, [new LinearLayer(fitted.Outputs, 1)]);
        var weights = new NetworkWeights(new ParameterLayout(network));
        var random = new RandomStream(1, "weights");
        foreach (ref float weight in weights.Values.AsSpan())
            weight = (float)random.NextNormal();

        var (whole, all) = fitted.Prepend(network, weights);

        float[] expected = new float[Rows], scores = new float[Rows];
        new NetworkScorer(network, weights).ScoreBatch(behind.Features.Array!, Rows, expected);
        new NetworkScorer(whole, all).ScoreBatch(data.Features.Array!, Rows, scores);
        scores[50..].Should().Equal(expected[50..]);
        scores[..50].Should().NotEqual(expected[..50], "training rows are among their own neighbours in a model");
    }

    [TestMethod]
    public void Score_NumberThatIsNaN_GivesNaN()
    {
        var data = Block(width: 2, seed: 3);
        var fitted = FittedNeighbors.Of(new(), data, null, [.. Enumerable.Range(0, 50)], 0, 1, null)!;
        var network = new NetworkDescription(3, 1, [new LinearLayer(3, 1)]);
        var (whole, all) = fitted.Prepend(network, new NetworkWeights(new ParameterLayout(network)));

        float[] score = new float[1];
        new NetworkScorer(whole, all).Score([float.NaN, 1], score);

        score[0].Should().Be(float.NaN);
    }

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(2, 1)]
    [DataRow(3, 3)]
    public void Of_Classes_HasAMeanForEachOfMoreThanTwo(int classes, int means)
    {
        var data = Block(width: 2, seed: 1);
        data = data with { Targets = [.. data.Targets.Select((target, row) => classes == 0 ? target : row % classes)] };

        FittedNeighbors.Of(new(), data, null, [.. Enumerable.Range(0, Rows)], classes, 1, null)!.Outputs.Should().Be(2 + means);
    }

    [TestMethod]
    public void Of_CategoriesConstantsAndFlags_AreInNoPair()
    {
        var data = Block(width: 6, seed: 1);
        float[] features = data.Features.Array!;
        for (int row = 0; row < Rows; row++)
        {
            features[row * 6] = row % 3;
            features[row * 6 + 1] = 7;
            features[row * 6 + 2] = row % 2;
        }
        data = data with { Layout = RowLayout.Of([3, 0, 0, 0, 0, 0]) };
        int[] training = [.. Enumerable.Range(0, Rows)];
        var inputs = FittedInputs.Of(InputScaling.Standard, data, training, [], 1);
        var network = new NetworkDescription(9, 1, [new LinearLayer(9, 1)]);

        var (whole, _) = FittedNeighbors.Of(new(), data, inputs, training, 0, 1, null)!.Prepend(network, new NetworkWeights(new ParameterLayout(network)));

        ((NeighborMeansLayer)whole.Layers[0]).Pairs.Should().Equal(new NumberPair(3, 4), new NumberPair(3, 5), new NumberPair(4, 5));
    }

    [TestMethod]
    public void Of_OneNumber_IsNothing() => FittedNeighbors.Of(new(), Block(width: 1, seed: 1), null, [.. Enumerable.Range(0, Rows)], 0, 1, null).Should().BeNull();

    [TestMethod]
    public void Of_MoreRowsThanMostRows_KeepsAsMany()
    {
        var data = Block(width: 2, seed: 1);
        var network = new NetworkDescription(3, 1, [new LinearLayer(3, 1)]);

        var (whole, weights) = FittedNeighbors.Of(new() { MostRows = 10 }, data, null, [.. Enumerable.Range(0, Rows)], 0, 1, null)!.Prepend(network, new NetworkWeights(new ParameterLayout(network)));

        ((NeighborMeansLayer)whole.Layers[0]).Points.Should().Be(10);
        weights["0.values"].ToArray().Should().BeSubsetOf(data.Targets).And.OnlyHaveUniqueItems();
    }

    [TestMethod]
    public void Of_MorePairsThanMostMeans_TakesThoseThatTellWhatNeitherNumberTells()
    {
        // The label is the sign of a product: of 3 and 5, which tell nothing alone.
        var data = Block(width: 8, seed: 4, rows: 600);
        float[] features = data.Features.Array!;
        data = data with { Targets = [.. Enumerable.Range(0, 600).Select(row => MathF.Sign(features[row * 8 + 3] * features[row * 8 + 5]) + 0.1f * features[row * 8])] };
        var network = new NetworkDescription(9, 1, [new LinearLayer(9, 1)]);

        var (whole, _) = FittedNeighbors.Of(new() { MostMeans = 1 }, data, null, [.. Enumerable.Range(0, 600)], 0, 1, null)!.Prepend(network, new NetworkWeights(new ParameterLayout(network)));

        ((NeighborMeansLayer)whole.Layers[0]).Pairs.Should().Equal(new NumberPair(3, 5));
    }

    [TestMethod]
    public void Of_FormerNeighbors_KeepsPlanesAndScale()
    {
        var data = Block(width: 5, seed: 4);
        var former = new FormerNeighbors([new NumberPair(1, 4)], 2, [5], [3]);
        int[] training = [.. Enumerable.Range(0, 50)];

        var behind = FittedNeighbors.Of(new() { Neighbors = 9 }, data, null, training, 0, 1, former)!.Apply(data);

        double mean = training.OrderBy(row => Distance(data, 55, row, 1, 4)).Take(2).Average(row => data.Targets[row]);
        behind.Features.Array![55 * 6 + 5].Should().BeApproximately((float)((mean - 5) * 3), 1e-4f);
    }

    private static (DataBlock Rows, float Center, float Factor) Fit(NeighborMeansOptions options, DataBlock data, int[] training)
    {
        var fitted = FittedNeighbors.Of(options, data, null, training, 0, 1, null)!;
        var network = new NetworkDescription(3, 1, [new LinearLayer(3, 1)]);
        var (_, weights) = fitted.Prepend(network, new NetworkWeights(new ParameterLayout(network)));
        return (fitted.Apply(data), weights["0.center"][0], weights["0.factor"][0]);
    }

    private static double MeanOf((DataBlock Rows, float Center, float Factor) behind, int row) => behind.Rows.Features.Array![row * 3 + 2] / behind.Factor + behind.Center;

    private static double Distance(DataBlock data, int one, int other, int first = 0, int second = 1)
    {
        float[] features = data.Features.Array!;
        int width = data.FeatureCount;
        return Math.Pow(features[one * width + first] - features[other * width + first], 2) + Math.Pow(features[one * width + second] - features[other * width + second], 2);
    }

    private static DataBlock Block(int width, int seed, int rows = Rows)
    {
        var random = new RandomStream(seed, "rows");
        return new DataBlock(rows, width, 1, [.. Enumerable.Range(0, rows * width).Select(_ => (float)random.NextNormal())], [.. Enumerable.Range(0, rows).Select(_ => (float)random.NextNormal())], null);
    }
}
